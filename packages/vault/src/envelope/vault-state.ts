import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import { parseIdentityRecord } from "../identity/record.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { readArchive, writeArchive } from "./archive.ts";
import type { RoomArchive } from "./archive.ts";

/**
 * What the vault holds: keys, and what this person's clients have pinned. `fam/state/1` is written for whatever it can say; `fam/state/2`
 * once keys are destroyed, a room was ended, or a renewal is or was due.
 */
const [LABEL_1, LABEL_2] = ["fam/state/1", "fam/state/2"];
const STATE_BYTES_MAX = 4 * 1024 * 1024;
const IDENTITIES_MAX = 200;
const CONTACTS_MAX = 10_000;
const HEADS_MAX = 20_000;
const ENDED_MAX = 20_000;
const SETTINGS_MAX = 500;
const NAME_BYTES_MAX = 200;
const ORIGIN_BYTES_MAX = 200;
const KEY_BYTES_MAX = 100;
const VALUE_BYTES_MAX = 4000;

/** From the weakest to the strongest. */
export const VERIFIED_WAYS = ["introduced", "invitation", "in-person"] as const;
export type VerifiedWay = (typeof VERIFIED_WAYS)[number];

export type LogPin = { readonly origin: string; readonly size: number; readonly root: Bytes };
export type VaultContact = {
  readonly account: string;
  readonly identityHash: Bytes;
  readonly verified: VerifiedWay;
  readonly at: number;
};
export type RoomHeadMark = { readonly room: string; readonly epoch: number; readonly head: Bytes };
export type VaultSetting = { readonly key: string; readonly value: string };
/** A renewal of all generations up to this one, owed since then. */
export type RenewalDue = { readonly generation: number; readonly since: number };
/** A room that was ended: when, in milliseconds, and by whose account. */
export type EndedRoom = { readonly room: string; readonly at: number; readonly by: string };

export type VaultState = {
  /** All generations whose sealing key is there, and the last of those whose is not; oldest first. */
  readonly identities: readonly IdentitySecret[];
  readonly logPin: LogPin | null;
  /** Ed25519 public key of the practice's key log, 32 bytes. */
  readonly logPublicKey: Bytes | null;
  /** Static public key of the OPAQUE server. */
  readonly opaqueServerKey: Bytes | null;
  readonly contacts: readonly VaultContact[];
  /** High-water marks: no room may ever be shown older than this. */
  readonly heads: readonly RoomHeadMark[];
  readonly displayName: string;
  readonly practiceName: string;
  readonly recoveryProvedAt: number | null;
  readonly settings: readonly VaultSetting[];
  /** The sealing keys of all generations before this one are destroyed. */
  readonly destroyedBelow: number;
  /** What opens epochs whose keys are destroyed, by room. */
  readonly archive: readonly RoomArchive[];
  /** The renewal that is or was due last; null when none ever was. */
  readonly renewalDue: RenewalDue | null;
  /** When older sealing keys were last destroyed. */
  readonly renewedAt: number | null;
  /** Rooms that were ended: shown again, they are an alarm. */
  readonly ended: readonly EndedRoom[];
};

/** A vault that holds nothing yet. */
export function emptyVaultState(): VaultState {
  return {
    identities: [],
    logPin: null,
    logPublicKey: null,
    opaqueServerKey: null,
    contacts: [],
    heads: [],
    displayName: "",
    practiceName: "",
    recoveryProvedAt: null,
    settings: [],
    destroyedBelow: 0,
    archive: [],
    renewalDue: null,
    renewedAt: null,
    ended: [],
  };
}

type Version = 1 | 2;

/** The first version that can say this. */
const versionOf = ({ archive, destroyedBelow, ended, renewalDue, renewedAt }: VaultState): Version => {
  const isEmpty = archive.length === 0 && ended.length === 0;
  return destroyedBelow === 0 && isEmpty && renewalDue === null && renewedAt === null ? 1 : 2;
};

const writeIdentity = (writer: ByteWriter, secret: IdentitySecret, destroyedBelow: number): void => {
  const { account, generation, kemPrivate, record, signSeed } = secret;
  if (generation < destroyedBelow !== (kemPrivate === null)) throw new VaultFault("misuse");
  writer.id(account).unsigned(generation, 4).fixed(signSeed, 32);
  if (kemPrivate !== null) writer.fixed(kemPrivate, 32);
  writer.block16(record, 1600);
};

const readIdentity = (reader: ByteReader, destroyedBelow: number): IdentitySecret => {
  const account = reader.id();
  const generation = reader.unsigned(4);
  const signSeed = reader.fixed(32);
  const kemPrivate = generation < destroyedBelow ? null : reader.fixed(32);
  const record = reader.block16(1600);
  const published = parseIdentityRecord(record);
  if (published.account !== account || published.generation !== generation) throw new VaultFault("malformed");
  return { account, generation, signSeed, kemPrivate, record };
};

type Renewed = Pick<VaultState, "archive" | "renewalDue" | "renewedAt" | "ended">;

const writeRenewed = (writer: ByteWriter, { archive, ended, renewalDue, renewedAt }: Renewed): void => {
  writeArchive(writer, archive);
  writer.optional(renewalDue, (due) => writer.unsigned(due.generation, 4).unsigned(due.since, 6));
  writer.optional(renewedAt, (at) => writer.unsigned(at, 6));
  writer.list(ended, ENDED_MAX, ({ at, by, room }) => writer.id(room).unsigned(at, 6).id(by));
};

const readRenewed = (reader: ByteReader): Renewed => ({
  archive: readArchive(reader),
  renewalDue: reader.optional(() => ({ generation: reader.unsigned(4), since: reader.unsigned(6) })),
  renewedAt: reader.optional(() => reader.unsigned(6)),
  ended: reader.list(ENDED_MAX, () => ({ room: reader.id(), at: reader.unsigned(6), by: reader.id() })),
});

/** The version that these bytes say they are; throws `malformed` when they are no state. */
const labelledState = (bytes: Bytes): { readonly reader: ByteReader; readonly version: Version } => {
  const isSecond =
    bytes[0] === LABEL_2.length && bytes[LABEL_2.length] === LABEL_2.charCodeAt(LABEL_2.length - 1);
  const [label, version] = isSecond ? ([LABEL_2, 2] as const) : ([LABEL_1, 1] as const);
  return { reader: ByteReader.labelled(bytes, label, STATE_BYTES_MAX), version };
};

/** The bytes of a state; throws `misuse` beyond its limits. */
export function encodeVaultState(state: VaultState): Bytes {
  const version = versionOf(state);
  const writer = ByteWriter.labelled(version === 1 ? LABEL_1 : LABEL_2);
  if (version === 2) writer.unsigned(state.destroyedBelow, 4);
  writer.list(state.identities, IDENTITIES_MAX, (secret) =>
    writeIdentity(writer, secret, state.destroyedBelow),
  );
  writer.optional(state.logPin, (pin) =>
    writer.text(pin.origin, ORIGIN_BYTES_MAX).unsigned(pin.size, 8).fixed(pin.root, 32),
  );
  writer.optional(state.logPublicKey, (key) => writer.fixed(key, 32));
  writer.optional(state.opaqueServerKey, (key) => writer.block16(key, 200));
  writer.list(state.contacts, CONTACTS_MAX, (contact) =>
    writer
      .id(contact.account)
      .fixed(contact.identityHash, 32)
      .unsigned(VERIFIED_WAYS.indexOf(contact.verified), 1)
      .unsigned(contact.at, 6),
  );
  writer.list(state.heads, HEADS_MAX, (mark) =>
    writer.id(mark.room).unsigned(mark.epoch, 4).fixed(mark.head, 32),
  );
  writer.text(state.displayName, NAME_BYTES_MAX).text(state.practiceName, NAME_BYTES_MAX);
  writer.optional(state.recoveryProvedAt, (at) => writer.unsigned(at, 6));
  writer.list(state.settings, SETTINGS_MAX, (setting) =>
    writer.text(setting.key, KEY_BYTES_MAX).text(setting.value, VALUE_BYTES_MAX),
  );
  if (version === 2) writeRenewed(writer, state);
  return writer.bytes();
}

/** Reads a state of either version, as it would be written; throws `malformed`. */
export function decodeVaultState(bytes: Bytes): VaultState {
  const { reader, version } = labelledState(bytes);
  const destroyedBelow = version === 1 ? 0 : reader.unsigned(4);
  const identities = reader.list(IDENTITIES_MAX, () => readIdentity(reader, destroyedBelow));
  const logPin = reader.optional(() => ({
    origin: reader.text(ORIGIN_BYTES_MAX),
    size: reader.unsigned(8),
    root: reader.fixed(32),
  }));
  const logPublicKey = reader.optional(() => reader.fixed(32));
  const opaqueServerKey = reader.optional(() => reader.block16(200));
  const contacts = reader.list(CONTACTS_MAX, () => ({
    account: reader.id(),
    identityHash: reader.fixed(32),
    verified: reader.choice(VERIFIED_WAYS),
    at: reader.unsigned(6),
  }));
  const heads = reader.list(HEADS_MAX, () => ({
    room: reader.id(),
    epoch: reader.unsigned(4),
    head: reader.fixed(32),
  }));
  const displayName = reader.text(NAME_BYTES_MAX);
  const practiceName = reader.text(NAME_BYTES_MAX);
  const recoveryProvedAt = reader.optional(() => reader.unsigned(6));
  const settings = reader.list(SETTINGS_MAX, () => ({
    key: reader.text(KEY_BYTES_MAX),
    value: reader.text(VALUE_BYTES_MAX),
  }));
  const renewed = version === 1 ? emptyVaultState() : readRenewed(reader);
  reader.end();
  const { archive, ended, renewalDue, renewedAt } = renewed;
  const state: VaultState = {
    identities,
    logPin,
    logPublicKey,
    opaqueServerKey,
    contacts,
    heads,
    displayName,
    practiceName,
    recoveryProvedAt,
    settings,
    destroyedBelow,
    archive,
    renewalDue,
    renewedAt,
    ended,
  };
  if (versionOf(state) !== version) throw new VaultFault("malformed");
  return state;
}
