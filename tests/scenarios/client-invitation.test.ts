import type { FamilyId, PersonId } from "@sotto/domain";
import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  invite,
  inviteAndJoin,
  makeWords,
  now,
  openHouse,
  openPractice,
  record,
  refusalOf,
  roomWhere,
  seen,
  valueOf,
  type House,
  type Someone,
} from "../support/clients.ts";

const DAY_MS = 86_400_000;

let house: House;
let therapist: Someone;
let family: FamilyId;
// The clock of the server; each story that moves it moves it back.
let serverShift = 0;

beforeAll(async () => {
  house = await openHouse({ now: () => Date.now() + serverShift });
  therapist = await openPractice(house);
  family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
});

afterAll(() => house.close());

/** Why a link does not let somebody in, on a device of their own; null when it does. */
async function refusalAt(fragment: string, device = house.newDevice()): Promise<string | null> {
  const client = await house.open(device);
  return refusalOf(await client.actions.join({ fragment, factor: makeWords(client) }));
}

const statesOf = (person: PersonId) => {
  let state: string | null = null;
  therapist.client.watchFamily(family, (view) => {
    state = view?.people.find((line) => line.person.person === person)?.invitation?.state ?? null;
  })();
  return state;
};

const untilInvitation = (person: PersonId, state: string): Promise<void> =>
  new Promise((resolve) => {
    therapist.client.watchFamily(family, (view) => {
      const line = view?.people.find((known) => known.person.person === person);
      if (line?.invitation?.state === state) resolve();
    });
  });

test("a link lets one person in, once", async () => {
  const person = await record(therapist, family, { name: "Once" });
  const fragment = await invite(therapist, family, person);
  const client = await house.open(house.newDevice());
  expect(valueOf(await client.actions.seeInvitation(fragment))).toMatchObject({
    practiceName: "Elm Street",
    inviteeName: "Once",
    role: "adult",
  });
  valueOf(await client.actions.join({ fragment, factor: makeWords(client) }));
  await untilInvitation(person, "accepted");
  const late = await house.open(house.newDevice());
  expect(refusalOf(await late.actions.seeInvitation(fragment))).toBe("invitation-used");
  expect(await refusalAt(fragment)).toBe("invitation-used");
  expect(refusalOf(await therapist.client.actions.invite({ family, person, days: 7 }))).toBe(
    "invitation-used",
  );
});

test("a link that was revoked, replaced or is too old lets nobody in, and says why", async () => {
  const person = await record(therapist, family, { name: "Late" });
  const first = await invite(therapist, family, person);
  const second = await invite(therapist, family, person);
  expect(await refusalAt(first)).toBe("invitation-revoked");
  const { link } = valueOf(await therapist.client.actions.showInvitation({ family, person }));
  // The words are sealed anew, the invitation is the same.
  const again = await house.open(house.newDevice());
  expect(valueOf(await again.actions.seeInvitation(new URL(link).hash))).toMatchObject({
    inviteeName: "Late",
  });
  // The therapist is away for that long; on the way her session would end.
  therapist.device.cut();
  serverShift = 8 * DAY_MS;
  expect(await refusalAt(second)).toBe("invitation-expired");
  serverShift = 0;
  therapist.device.mend();
  await seen(therapist.client, "session", (session) => session.online);
  valueOf(await therapist.client.actions.revokeInvitation({ family, person }));
  expect(await refusalAt(second)).toBe("invitation-revoked");
  await untilInvitation(person, "revoked");
  expect(refusalOf(await therapist.client.actions.showInvitation({ family, person }))).toBe("not-here");
});

test("a link with one changed character leads nowhere, whichever it is", async () => {
  const person = await record(therapist, family, { name: "Typo" });
  const fragment = await invite(therapist, family, person);
  const client = await house.open(house.newDevice());
  for (let place = 1; place < fragment.length; place += 7) {
    const other = fragment[place] === "A" ? "B" : "A";
    const changed = fragment.slice(0, place) + other + fragment.slice(place + 1);
    const refusal = refusalOf(await client.actions.seeInvitation(changed));
    expect(["invitation-unreadable", "not-here"]).toContain(refusal);
  }
  expect(refusalOf(await client.actions.seeInvitation("#"))).toBe("invitation-unreadable");
  expect(refusalOf(await client.actions.seeInvitation(fragment))).toBeNull();
});

test("T3: a server that shows another inviter than the link names is not believed", async () => {
  const other = await openPractice(house, { name: "Mallory" });
  const elsewhere = valueOf(await other.client.actions.createFamily({ name: "Elsewhere" }));
  const bait = await invite(other, elsewhere, await record(other, elsewhere, { name: "Bait" }));
  const device = house.newDevice();
  const client = await house.open(device);
  let answer = "";
  device.meddle(/\/open$/, async (ask) => {
    const asked = await ask();
    answer = await asked.text();
    return new Response(answer);
  });
  valueOf(await client.actions.seeInvitation(bait));
  device.meddle(/\/open$/, async () => new Response(answer));
  const fragment = await invite(therapist, family, await record(therapist, family, { name: "Careful" }));
  expect(refusalOf(await client.actions.seeInvitation(fragment))).toBe("inviter-unverified");
  expect(refusalOf(await client.actions.join({ fragment, factor: makeWords(client) }))).toBe(
    "inviter-unverified",
  );
  device.meddle(/\/open$/, null);
  expect(refusalOf(await client.actions.join({ fragment, factor: makeWords(client) }))).toBeNull();
});

test("a device that is somebody's never becomes somebody else's", async () => {
  const ben = await inviteAndJoin(house, therapist, family, { name: "Ben" });
  const fragment = await invite(
    therapist,
    family,
    await record(therapist, family, { name: "Tom", role: "teen" }),
  );
  expect(refusalOf(await ben.client.actions.seeInvitation(fragment))).toBe("already-signed-in");
  expect(refusalOf(await ben.client.actions.join({ fragment, factor: ben.way }))).toBe("device-in-use");
  await ben.client.actions.lock();
  expect(await refusalAt(fragment, ben.device)).toBe("device-in-use");
  const code = await house.setupCode();
  const setUp = { code, practiceName: "Mine", myName: "Ben", factor: ben.way };
  expect(refusalOf(await ben.client.actions.setUp(setUp))).toBe("device-in-use");
  // Nothing was spent by trying.
  expect(await refusalAt(fragment)).toBeNull();
});

test("joining twice at once on one device makes one account", async () => {
  const fragment = await invite(therapist, family, await record(therapist, family, { name: "Twice" }));
  const client = await house.open(house.newDevice());
  const wish = { fragment, factor: makeWords(client) };
  const both = await Promise.all([client.actions.join(wish), client.actions.join(wish)]);
  expect(both.map(refusalOf)).toEqual([null, "already-signed-in"]);
});

test("a person whose enrolment's answer was lost is in all the same", async () => {
  const device = house.newDevice();
  let lost = 0;
  device.meddle(/\/enrolments$/, async (ask) => {
    const answer = await ask();
    lost += 1;
    if (lost > 1) return answer;
    throw new TypeError("the answer is lost");
  });
  const joined = await inviteAndJoin(house, therapist, family, { name: "Lucky", device });
  expect(lost).toBe(2);
  const room = await roomWhere(joined.client, (line) => line.kind === "family");
  expect(room.readers.filter((reader) => reader.name === "Lucky")).toHaveLength(1);
});

test("two people never share a contact, and a minor's is nobody else's", async () => {
  const contact = (address: string) => ({ channel: "email", address, note: "" }) as const;
  await record(therapist, family, {
    name: "Mother",
    role: "guardian",
    safeContact: contact("home@example.org"),
  });
  await record(therapist, family, { name: "Kim", role: "teen", safeContact: contact("kim@example.org") });
  const save = async (role: "teen" | "guardian", address: string) => {
    const person = {
      // A fresh UUID is a person's id; the brand is a compiler-only mark.
      person: randomUUID() as string as PersonId,
      name: "New",
      role,
      inTreatment: true,
      relations: [],
      safeContact: contact(address),
    };
    return refusalOf(await therapist.client.actions.savePerson({ family, person }));
  };
  expect(await save("teen", "Home+kim@example.org ")).toBe("contact-taken");
  expect(await save("guardian", "KIM@example.org")).toBe("contact-taken-by-minor");
  const another = valueOf(await therapist.client.actions.createFamily({ name: "Other" }));
  await seen(therapist.client, "families", (lines) => lines.some((line) => line.family === another));
  expect(await save("teen", "new@example.org")).toBeNull();
});

test("names that are too long for the record are refused before anything is written", async () => {
  const long = "x".repeat(300);
  const { actions } = therapist.client;
  expect(refusalOf(await actions.createFamily({ name: long }))).toBe("too-long");
  const person = {
    person: randomUUID() as string as PersonId,
    name: long,
    role: "adult",
    inTreatment: true,
    relations: [],
    safeContact: null,
  } as const;
  expect(refusalOf(await actions.savePerson({ family, person }))).toBe("too-long");
  expect(refusalOf(await actions.savePerson({ family, person: { ...person, name: " " } }))).toBe("empty");
});

interface Line {
  readonly invitation: string;
  state: string;
  acceptance: { readonly account: string; readonly identity: string; readonly proof: string } | null;
}

test("a stranger whom the server lets in without the link's secret is never admitted, and the person can be invited again", async () => {
  const person = await record(therapist, family, { name: "Nora" });
  await invite(therapist, family, person);
  const bytes = () => randomBytes(32).toString("base64url");
  therapist.device.meddle(/\/invitations\/look-up$/, async (ask) => {
    const answer = await ask();
    // The contract's shape, as the real server has just answered it; other requests pass as they are.
    const body = (await answer.json()) as { invitations?: Line[] };
    for (const line of body.invitations ?? []) {
      if (line.state !== "open") continue;
      line.state = "accepted";
      line.acceptance = { account: randomUUID(), identity: bytes(), proof: bytes() };
    }
    return Response.json(body, { status: answer.status });
  });
  therapist.device.meddle(/\/revoke$/, async () =>
    Response.json({ refusal: "invitation-used" }, { status: 409 }),
  );
  const { link } = valueOf(await therapist.client.actions.invite({ family, person, days: 7 }));
  therapist.device.meddle(/\/invitations\/look-up$/, null);
  therapist.device.meddle(/\/revoke$/, null);
  expect(await refusalAt(new URL(link).hash)).toBeNull();
  const rooms = await seen(therapist.client, "rooms", (lines) =>
    lines.some((line) => line.kind === "private" && line.readers.some((reader) => reader.name === "Nora")),
  );
  expect(rooms.flatMap((line) => line.readers).filter((reader) => reader.name === "")).toEqual([]);
});

test("whoever comes by a link that was revoked is not admitted, even if the server lets them in", async () => {
  const person = await record(therapist, family, { name: "Ex" });
  const fragment = await invite(therapist, family, person);
  // The server hides that the link was used, and pretends to revoke it.
  therapist.device.meddle(/\/invitations\/look-up$/, async () => Response.json({ invitations: [] }));
  therapist.device.meddle(/\/revoke$/, async () => Response.json({}));
  const ex = await house.open(house.newDevice());
  valueOf(await ex.actions.join({ fragment, factor: makeWords(ex) }));
  valueOf(await therapist.client.actions.revokeInvitation({ family, person }));
  await untilInvitation(person, "revoked");
  therapist.device.meddle(/\/invitations\/look-up$/, null);
  therapist.device.meddle(/\/revoke$/, null);
  // Somebody who joins after this is admitted by the same run that would have admitted Ex.
  await inviteAndJoin(house, therapist, family, { name: "Zed" });
  await seen(therapist.client, "rooms", (lines) =>
    lines.some((line) => line.kind === "private" && line.readers.some((reader) => reader.name === "Zed")),
  );
  expect(now(ex, "rooms")).toEqual([]);
  expect(JSON.stringify(now(therapist.client, "rooms"))).not.toContain('"Ex"');
  expect(statesOf(person)).not.toBeNull();
});
