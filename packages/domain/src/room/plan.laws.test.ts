import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FamilyId, PersonId } from "../id.ts";
import { FAMILY_ROLES, RELATION_KINDS, type Family, type Person } from "../family/person.ts";
import { roomsDue } from "./may-open.ts";
import { planRooms } from "./plan.ts";

const FAMILY = "00000000-0000-4000-8000-0000000000ff" as FamilyId;
const personId = (number: number) =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}` as PersonId;

const families: fc.Arbitrary<Family> = fc.integer({ min: 0, max: 7 }).chain((count) =>
  fc
    .tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.record({
          person: fc.constant(personId(index + 1)),
          name: fc.string({ maxLength: 10 }),
          role: fc.constantFrom(...FAMILY_ROLES),
          inTreatment: fc.boolean(),
          relations: fc.array(
            fc.record({
              kind: fc.constantFrom(...RELATION_KINDS),
              to: fc.integer({ min: 1, max: count }).map(personId),
            }),
            { maxLength: 3 },
          ),
          safeContact: fc.constant(null),
        }),
      ),
    )
    .map((people): Family => ({ family: FAMILY, name: "", people: people as readonly Person[] })),
);

describe("the rooms that grow out of a family", () => {
  test("every person has exactly one private room, with nobody else of the family in it", () => {
    fc.assert(
      fc.property(families, (family) => {
        const privates = planRooms(family).filter((room) => room.kind === "private");
        expect(new Set(privates.map((room) => room.people.join()))).toEqual(
          new Set(family.people.map((person) => person.person)),
        );
        expect(privates).toHaveLength(family.people.length);
      }),
    );
  });

  test("the family and subgroup rooms hold nobody who is not in treatment, but for the guardians' room", () => {
    fc.assert(
      fc.property(families, (family) => {
        const treated = new Set(
          family.people.filter((person) => person.inTreatment).map((person) => person.person),
        );
        for (const room of planRooms(family)) {
          if (room.kind !== "family" && !(room.kind === "subgroup" && room.subgroup !== "guardians"))
            continue;
          expect(room.people.every((person) => treated.has(person))).toBe(true);
        }
      }),
    );
  });

  test("the plan does not depend on the order in which people were written down", () => {
    fc.assert(
      fc.property(families, (family) => {
        const turned: Family = { ...family, people: family.people.toReversed() };
        const keys = (of: Family) => planRooms(of).map((room) => room.key);
        expect(keys(turned)).toEqual(keys(family));
      }),
    );
  });

  test("no two rooms beside private ones are for the same people, and keys are unique", () => {
    fc.assert(
      fc.property(families, (family) => {
        const rooms = planRooms(family);
        expect(new Set(rooms.map((room) => room.key)).size).toBe(rooms.length);
        const groups = rooms.filter((room) => room.kind === "subgroup").map((room) => room.people.join());
        expect(new Set(groups).size).toBe(groups.length);
      }),
    );
  });

  test("a subgroup room is due only when all of its people have joined", () => {
    fc.assert(
      fc.property(
        families,
        fc.array(fc.integer({ min: 1, max: 7 }).map(personId)),
        (family, joinedPeople) => {
          const joined = new Set(joinedPeople);
          for (const { room, people } of roomsDue(planRooms(family), joined)) {
            expect(people.every((person) => joined.has(person))).toBe(true);
            expect(room.kind === "subgroup" ? people : room.people).toEqual(room.people);
          }
        },
      ),
    );
  });
});

test("a couple with two teenagers gets a room for the couple and one for the siblings", () => {
  const [ana, ben, tom, mia] = [1, 2, 3, 4].map(personId) as [PersonId, PersonId, PersonId, PersonId];
  const one = (person: PersonId, role: Person["role"], relations: Person["relations"]): Person => ({
    person,
    name: person,
    role,
    inTreatment: true,
    relations,
    safeContact: null,
  });
  const parentOf: Person["relations"] = [
    { kind: "guardian-of", to: tom },
    { kind: "guardian-of", to: mia },
  ];
  const plan = planRooms({
    family: FAMILY,
    name: "",
    people: [
      one(ana, "adult", [{ kind: "partner-of", to: ben }, ...parentOf]),
      one(ben, "adult", parentOf),
      one(tom, "teen", []),
      one(mia, "teen", []),
    ],
  });
  expect(plan.filter((room) => room.kind === "subgroup").map((room) => [room.subgroup, room.people])).toEqual(
    [
      ["couple", [ana, ben]],
      ["siblings", [tom, mia]],
    ],
  );
});
