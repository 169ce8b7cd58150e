import { describe, expect, test } from "vitest";
import type { PersonId } from "../id.ts";
import { mayUseContact, normalizeContact } from "./contact.ts";
import type { FamilyRole, Person } from "./person.ts";

const personId = (last: string) => `00000000-0000-4000-8000-00000000000${last}` as PersonId;

function person(
  last: string,
  role: FamilyRole,
  address: string,
  channel: "email" | "phone" = "email",
): Person {
  return {
    person: personId(last),
    name: `Person ${last}`,
    role,
    inTreatment: true,
    relations: [],
    safeContact: { channel, address, note: "" },
  };
}

describe("contacts", () => {
  test("a guardian's address cannot become the teenager's, however it is spelled", () => {
    const mother = person("1", "guardian", "ana@example.org");
    for (const address of ["ana@example.org", " ANA@Example.org ", "ana+tom@example.org"]) {
      const refusal = mayUseContact([mother], {
        person: personId("2"),
        contact: { channel: "email", address, note: "" },
      });
      expect(refusal).toEqual({ kind: "contact-taken", by: mother.person, byMinor: false });
    }
  });

  test("a teenager's telephone cannot become a parent's, and the answer says that it is a minor's", () => {
    const teen = person("2", "teen", "+44 20 7946 0000", "phone");
    const refusal = mayUseContact([teen], {
      person: personId("1"),
      contact: { channel: "phone", address: "0044 (20) 7946-0000", note: "" },
    });
    expect(refusal?.byMinor).toBe(true);
  });

  test("a person may keep their own address, and a new one is free", () => {
    const teen = person("2", "teen", "tom@example.org");
    expect(
      mayUseContact([teen], {
        person: teen.person,
        contact: { channel: "email", address: "tom@example.org", note: "" },
      }),
    ).toBeNull();
    expect(
      mayUseContact([teen], {
        person: personId("3"),
        contact: { channel: "email", address: "tim@example.org", note: "" },
      }),
    ).toBeNull();
  });

  test("people who are only reached in person share nothing", () => {
    expect(normalizeContact({ channel: "in-person", address: "at the practice" })).toBeNull();
  });
});
