import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import { parseIdentityRecord } from "../identity/record.ts";
import type { IdentitySecret } from "../identity/secret.ts";

/** What the vault holds, `fam/state/1`: keys, and what this person's clients have pinned. */
const STATE_LABEL = "fam/state/1";
const STATE_BYTES_MAX = 4 * 1024 * 1024;
const IDENTITIES_MAX = 200;
const CONTACTS_MAX = 10_000;
const HEADS_MAX = 20_000;
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

export type VaultState = {
  /** All generations, oldest first. */
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
  };
}

const writeIdentity = (writer: ByteWriter, secret: IdentitySecret): void => {
  writer.id(secret.account).unsigned(secret.generation, 4).fixed(secret.signSeed, 32);
  writer.fixed(secret.kemPrivate, 32).block16(secret.record, 1600);
};

const readIdentity = (reader: ByteReader): IdentitySecret => {
  const account = reader.id();
  const generation = reader.unsigned(4);
  const signSeed = reader.fixed(32);
  const kemPrivate = reader.fixed(32);
  const record = reader.block16(1600);
  const published = parseIdentityRecord(record);
  if (published.account !== account || published.generation !== generation) throw new VaultFault("malformed");
  return { account, generation, signSeed, kemPrivate, record };
};

/** The bytes of a state; throws `misuse` beyond its limits. */
export function encodeVaultState(state: VaultState): Bytes {
  const writer = ByteWriter.labelled(STATE_LABEL);
  writer.list(state.identities, IDENTITIES_MAX, (secret) => writeIdentity(writer, secret));
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
  return writer.bytes();
}

/** Reads a state of exactly this format; throws `malformed`. */
export function decodeVaultState(bytes: Bytes): VaultState {
  const reader = ByteReader.labelled(bytes, STATE_LABEL, STATE_BYTES_MAX);
  const identities = reader.list(IDENTITIES_MAX, () => readIdentity(reader));
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
  reader.end();
  return {
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
  };
}
