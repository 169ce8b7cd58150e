import { openOffer, versionInForce } from "@sotto/domain";
import type { AgreementVersion, AgreementVersionId, PersonId } from "@sotto/domain";
import type { AgreementRecord, NamedPerson, Said } from "@sotto/vault";
import { needed } from "../../done.ts";
import type { Home } from "../../home.ts";
import { toId } from "../../ids.ts";
import { agreementIn, professionalOf, recordIn, speaksFor } from "../../queries/agreement-state.ts";
import type { KnownAgreement } from "../../queries/agreement-state.ts";
import type { RoomMemory } from "../../sync/room-memory.ts";
import { letSignersIn } from "./let-in.ts";
import { namedPeople, signersOf } from "./people.ts";
import { saidEntry, stated } from "./say.ts";

/**
 * Brings the agreement to what has happened: who is asked and has joined is let in and named, who has left is said to have, and a withdrawal suspends it
 * for everyone without a name. Every step is done once however often it runs, and by whichever therapist's client comes to it.
 */
export async function tendAgreement(home: Home, team: RoomMemory): Promise<void> {
  const { family } = team.family;
  if (family === null || agreementIn(home, family).room?.state.closed !== false) return;
  for (const step of [carryNames, letIn, nameAnew, sayWhoLeft, suspend]) {
    const known = agreementIn(home, family);
    const live = openOffer(known.state) ?? versionInForce(known.state);
    if (known.room === null) return;
    await step(home, team, { ...known, room: known.room, live: live?.version ?? null });
  }
}

interface Live extends KnownAgreement {
  readonly room: RoomMemory;
  /** What waits for signatures, or else holds. */
  readonly live: AgreementVersion | null;
}

async function letIn(home: Home, team: RoomMemory, { live: version, room, state }: Live): Promise<void> {
  if (version === null) return;
  // A later one that was recalled or ended asked others: whoever was taken out for it is not shown it now.
  const isNewest = state.versions.at(-1)?.version.version === version.version;
  needed(await letSignersIn(home, team, { room, version, back: isNewest ? "when-quiet" : "never" }));
}

/**
 * Whoever comes to look after the family is named by who does now, before they keep the agreement's room: nobody keeps it whom no copy knows. While that is closed it is said in
 * the team's, and carried over when it is open again.
 */
export async function nameBeforeTheyKeep(home: Home, team: RoomMemory, room: RoomMemory): Promise<void> {
  const { family } = team.family;
  if (family === null) return;
  const known = agreementIn(home, family);
  if (!room.state.closed) return nameAnew(home, team, { ...known, room, live: null });
  const naming = namingOf(home, team, known);
  const record = naming === null ? null : recordIn(known, naming.version);
  if (naming === null || record === null) return;
  const { by, people } = naming;
  const statement = await stated(home, room, { by, record, said: { kind: "named", people } });
  needed(await home.outbox.post(team.room, saidEntry(statement)));
}

/** Who was named while the agreement's room was closed, in the words of whoever did. */
async function carryNames(home: Home, team: RoomMemory, { accounts, room }: Live): Promise<void> {
  for (const { name, statement } of team.agreement.said) {
    const { said } = statement;
    if (said.kind !== "named" || room.agreement.names.has(name)) continue;
    // The vault gives ids as text.
    const isNew = said.people.some((one) => !accounts.has(toId(one.person)));
    if (isNew) needed(await home.outbox.post(room.room, saidEntry(statement)));
  }
}

/** About the newest version, whatever became of it: who looks after the family next is named by who does now. */
async function nameAnew(home: Home, team: RoomMemory, known: Live): Promise<void> {
  const naming = namingOf(home, team, known);
  if (naming !== null) await say(home, known, naming.version, { kind: "named", people: naming.people });
}

interface Naming {
  readonly version: AgreementVersionId;
  readonly by: PersonId;
  readonly people: readonly NamedPerson[];
}

/** Null when everybody is named, and for whoever does not say so. */
const namingOf = (home: Home, team: RoomMemory, { accounts, state }: KnownAgreement): Naming | null => {
  const newest = state.versions.at(-1)?.version;
  const me = professionalOf(home.person.account);
  if (newest === undefined || accounts.get(me) !== home.person.account) return null;
  if (!speaksFor(state, newest, me)) return null;
  const people = namedPeople(team, newest);
  const isKnown = people.every(({ account, person: text }) => {
    const person = toId<PersonId>(text);
    // Whoever comes to look after the family speaks about what was offered before by the word of another.
    const isNamed = text !== account || person === me || speaksFor(state, newest, person);
    return accounts.get(person) === account && isNamed;
  });
  return isKnown ? null : { version: newest.version, by: me, people };
};

async function sayWhoLeft(home: Home, team: RoomMemory, known: Live): Promise<void> {
  const { live, state } = known;
  if (live === null || !speaksFor(state, live, professionalOf(home.person.account))) return;
  const isOfIt = (person: PersonId): boolean =>
    live.parties.some((party) => party.person === person) || signersOf(live).includes(person);
  for (const person of team.family.left) {
    if (isOfIt(person) && !state.gone.has(person))
      await say(home, known, live.version, { kind: "left", person });
  }
}

/** Somebody took their signature back, which their therapists alone are told: what it ended is said to everyone. */
async function suspend(home: Home, _team: RoomMemory, known: Live): Promise<void> {
  const ended = known.state.versions.filter(
    ({ stage }) => stage.kind === "suspended" || (stage.kind === "void" && stage.why === "withdrawal"),
  );
  const told = new Set(
    known.lines.flatMap(({ said, version }) => (said.kind === "suspended" ? [version, ...said.also] : [])),
  );
  const me = professionalOf(home.person.account);
  const untold = ended.filter(
    ({ version }) => !told.has(version.version) && speaksFor(known.state, version, me),
  );
  // About the newest: whoever came in for that one has no other, and keeps in a copy what is about none but theirs.
  const [first, ...also] = untold.map(({ version }) => version.version).toReversed();
  if (first === undefined) return;
  await say(home, known, first, { kind: "suspended", also: also.toSorted() });
}

async function say(home: Home, known: Live, version: AgreementVersionId, said: Said): Promise<void> {
  const record: AgreementRecord | null = recordIn(known, version);
  if (record === null) return;
  const by = professionalOf(home.person.account);
  const statement = await stated(home, known.room, { by, record, said });
  needed(await home.outbox.post(known.room.room, saidEntry(statement)));
}
