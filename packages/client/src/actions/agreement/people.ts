import { requiredSignatures } from "@sotto/domain";
import type { AccountId, AgreementVersion, PersonId } from "@sotto/domain";
import type { NamedPerson } from "@sotto/vault";
import { professionalOf } from "../../queries/agreement-state.ts";
import type { RoomMemory } from "../../sync/room-memory.ts";
import { keepersOf } from "../change-room.ts";

/** Those who look after a family, as its agreement names them. */
export function therapistsOf(team: RoomMemory): readonly PersonId[] {
  return keepersOf(team)
    .map(({ member }) => professionalOf(accountOf(member.account)))
    .toSorted();
}

// Rosters hold ids; the vault gives them as text.
const accountOf = (account: string): AccountId => account as AccountId;

/** Everybody whose signature a version needs. */
export function signersOf(version: AgreementVersion): readonly PersonId[] {
  return [...new Set(requiredSignatures(version).map(({ person }) => person))];
}

/** Whose account is whose, of all who are asked and have joined and of the therapists. */
export function namedPeople(team: RoomMemory, version: AgreementVersion): readonly NamedPerson[] {
  const { joined, left } = team.family;
  const signers = signersOf(version).flatMap((person): NamedPerson[] => {
    const found = left.has(person) ? undefined : joined.get(person);
    return found === undefined ? [] : [{ person, account: found.account, known: found.verified }];
  });
  const therapists = keepersOf(team).map(({ member: { account } }): NamedPerson => ({
    person: account,
    account,
    known: "in-person",
  }));
  return [...signers, ...therapists].toSorted((one, other) => (one.person < other.person ? -1 : 1));
}
