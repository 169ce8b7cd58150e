import { compareBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { identityHash } from "../identity/record.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { mergeArchives } from "./archive.ts";
import { compareDue, withoutKeysBelow } from "./renewal.ts";
import { emptyVaultState, VERIFIED_WAYS } from "./vault-state.ts";
import type {
  EndedRoom,
  LogPin,
  RoomHeadMark,
  VaultContact,
  VaultSetting,
  VaultState,
} from "./vault-state.ts";

/**
 * Two browsers of one person wrote the vault at once. Keys, contacts and marks are a union under fixed orders, so every
 * order of merging gives the same: commutative, associative, idempotent. A sealing key that either of them has destroyed is destroyed, and
 * of a room that either knows as ended nothing is archived. Names and settings are a person's choice: what
 * `mine` changed against `base` stands, else `theirs`.
 *
 * Pins of one size and two roots, or one epoch and two heads, are a fork that the caller should have alarmed about
 * before; here the larger bytes stay, and the next consistency check fails for one of the two views.
 */
export function mergeVaultStates(
  mine: VaultState,
  theirs: VaultState,
  base: VaultState = emptyVaultState(),
): VaultState {
  const ended = greatestByKey([...mine.ended, ...theirs.ended], ({ room }) => room, compareEnded);
  const endedRooms = new Set(ended.map(({ room }) => room));
  const destroyedBelow = Math.max(mine.destroyedBelow, theirs.destroyedBelow);
  return {
    identities: withoutKeysBelow(mergeIdentities([...mine.identities, ...theirs.identities]), destroyedBelow),
    destroyedBelow,
    logPin: greatest([mine.logPin, theirs.logPin], comparePins),
    logPublicKey: greatest([mine.logPublicKey, theirs.logPublicKey], compareBytes),
    opaqueServerKey: greatest([mine.opaqueServerKey, theirs.opaqueServerKey], compareBytes),
    contacts: greatestByKey(
      [...mine.contacts, ...theirs.contacts],
      (contact) => contact.account,
      compareContacts,
    ),
    heads: greatestByKey([...mine.heads, ...theirs.heads], (mark) => mark.room, compareMarks),
    displayName: mine.displayName === base.displayName ? theirs.displayName : mine.displayName,
    practiceName: mine.practiceName === base.practiceName ? theirs.practiceName : mine.practiceName,
    recoveryProvedAt: greatest([mine.recoveryProvedAt, theirs.recoveryProvedAt], (a, b) => a - b),
    settings: mergeSettings(mine.settings, theirs.settings, base.settings),
    archive: mergeArchives([...mine.archive, ...theirs.archive], (room) => endedRooms.has(room)),
    renewalDue: greatest([mine.renewalDue, theirs.renewalDue], compareDue),
    renewedAt: greatest([mine.renewedAt, theirs.renewedAt], (a, b) => a - b),
    ended,
  };
}

type Compare<Value> = (a: Value, b: Value) => number;

const greatest = <Value>(values: readonly (Value | null)[], compare: Compare<Value>): Value | null => {
  const present = values.filter((value) => value !== null);
  return present.reduce<Value | null>(
    (best, value) => (best === null || compare(value, best) > 0 ? value : best),
    null,
  );
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const greatestByKey = <Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
  compare: Compare<Value>,
): Value[] => {
  const kept = new Map<string, Value>();
  for (const value of values) {
    const known = kept.get(keyOf(value));
    if (known === undefined || compare(value, known) > 0) kept.set(keyOf(value), value);
  }
  return [...kept.entries()].toSorted(([a], [b]) => compareText(a, b)).map(([, value]) => value);
};

const comparePins = (a: LogPin, b: LogPin): number =>
  a.size - b.size || compareBytes(a.root, b.root) || compareText(a.origin, b.origin);

const compareMarks = (a: RoomHeadMark, b: RoomHeadMark): number =>
  a.epoch - b.epoch || compareBytes(a.head, b.head);

/** The later decision of this person stands; at one moment, the stronger. */
const compareContacts = (a: VaultContact, b: VaultContact): number =>
  a.at - b.at ||
  VERIFIED_WAYS.indexOf(a.verified) - VERIFIED_WAYS.indexOf(b.verified) ||
  compareBytes(a.identityHash, b.identityHash);

const compareEnded = (a: EndedRoom, b: EndedRoom): number => a.at - b.at || compareText(a.by, b.by);

const mergeIdentities = (secrets: readonly IdentitySecret[]): IdentitySecret[] => {
  const compare = (a: IdentitySecret, b: IdentitySecret): number =>
    a.generation - b.generation || compareBytes(identityHash(a.record), identityHash(b.record));
  return secrets.toSorted(compare).filter((secret, index, sorted) => {
    const before = sorted[index - 1];
    return before === undefined || compare(before, secret) !== 0;
  });
};

const mergeSettings = (
  mine: readonly VaultSetting[],
  theirs: readonly VaultSetting[],
  base: readonly VaultSetting[],
): VaultSetting[] => {
  const valueIn = (settings: readonly VaultSetting[], key: string): string | undefined =>
    settings.find((setting) => setting.key === key)?.value;
  const keys = [...new Set([...mine, ...theirs].map((setting) => setting.key))].toSorted(compareText);
  return keys.flatMap((key) => {
    const [my, their, before] = [valueIn(mine, key), valueIn(theirs, key), valueIn(base, key)];
    const value = my === before ? their : my;
    return value === undefined ? [] : [{ key, value }];
  });
};

/** The pin a state must never go below; null when it has none. */
export function headMarkOf(
  state: VaultState,
  room: string,
): { readonly epoch: number; readonly head: Bytes } | null {
  return state.heads.find((mark) => mark.room === room) ?? null;
}
