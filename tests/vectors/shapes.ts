import { readFileSync } from "node:fs";
import { join } from "node:path";
import { equalBytes, fromHex, parseIdentityRecord } from "@sotto/vault";
import type {
  AgreementFields,
  Bytes,
  DeviceNote,
  IdentityOf,
  WholeIdentity,
  OpeningReason,
  Random,
  RoomAction,
  RoomCard,
  RoomRole,
} from "@sotto/vault";

/** The shapes of the golden files. Bytes are hexadecimal text. */
export type Hex = string;

export type PersonVector = {
  account: string;
  generation: number;
  signSeed: Hex;
  kemPrivate: Hex;
  record: Hex;
  hash: Hex;
  signPublic: Hex;
  kemPublic: Hex;
  previous: Hex | null;
  reason: string;
};
export type IdentityVectors = { people: PersonVector[]; safetyNumbers: { a: Hex; b: Hex; digits: string }[] };

export type DeviceNoteVectors = {
  vaultKey: Hex;
  account: string;
  session: string;
  salt: Hex;
  note: DeviceNote;
  sealed: Hex;
};

export type EnvelopeVectors = {
  prfSalt: Hex;
  vaultKey: Hex;
  kekFromPrf: { prf: Hex; credentialId: Hex; kek: Hex };
  kekFromOpaque: { exportKey: Hex; factor: string; kek: Hex };
  recovery: { random: Hex; code: string; lookup: Hex; proof: Hex; kek: Hex };
  wrap: {
    kek: Hex;
    account: string;
    kind: "passkey";
    factor: string;
    generation: number;
    salt: Hex;
    wrap: Hex;
  };
  blob: { account: string; name: string; version: number; salt: Hex; body: Hex; blob: Hex };
  local: { key: Hex; name: string; salt: Hex; body: Hex; sealed: Hex };
  state: {
    bytes: Hex;
    displayName: string;
    logSize: number;
    contacts: number;
    heads: number;
    settings: number;
  };
};

export type RoomEventVector = {
  action: RoomAction;
  author: string;
  epoch: number;
  members: { account: string; role: RoomRole; identity: Hex }[];
  /** Only where the header is of version 2. */
  closed?: boolean;
  bytes: Hex;
  hash: Hex;
  content: Hex;
  cardKey: Hex;
  file: Hex;
};
export type RoomVectors = {
  room: string;
  card: RoomCard;
  cardBytes: Hex;
  events: RoomEventVector[];
  suite: string;
};

/** A grant of the past to `account`, after the last event of `room.json`: the seeds of the epochs from `from` on. */
export type GrantVectors = { account: string; from: number; seeds: Hex[]; event: Hex; hash: Hex };

/** A reader's opening after the reopening of `room-2.json`, and a card that names a custodian. */
export type OpeningVectors = {
  author: string;
  reason: OpeningReason;
  allowedBy: string | null;
  event: Hex;
  hash: Hex;
  content: Hex;
  file: Hex;
  card: RoomCard;
  cardBytes: Hex;
};

/** A keeper's end of the room of `room-2.json` as it was closed, and the husks of events of every version, of that room and of `room.json`. */
export type EndingVectors = {
  author: string;
  event: Hex;
  hash: Hex;
  husks: { event: Hex; husk: Hex }[];
};

export type CustodianVectors = {
  key: Hex;
  tag: Hex;
  account: string;
  signSeed: Hex;
  kemPrivate: Hex;
  record: Hex;
  /** What is brought into the practice. */
  text: string;
  /** The five sheets: the lines of each, and the bytes that stand on it after tag and number. */
  sheets: { number: number; share: Hex; lines: string[] }[];
  challenge: Hex;
  signature: Hex;
};

export type RenewedStateVectors = {
  /** A state of version 2: the account's generations 0, whose sealing key is destroyed, and 1; all else of version 1 is empty. */
  bytes: Hex;
  account: string;
  archive: { room: string; floor: number; runs: { first: number; seeds: Hex[] }[] }[];
  renewalDue: { generation: number; since: number };
  renewedAt: number;
  ended: { room: string; at: number; by: string }[];
};

export type FrameVector = {
  author: string;
  epoch: number;
  id: string;
  stream: Hex;
  sequence: number;
  previous: { epoch: number; hash: Hex } | null;
  seen: { stream: Hex; epoch: number; sequence: number; hash16: Hex }[];
  kind: number;
  sentAt: number;
  gossip: { size: number; root: Hex } | null;
  body: Hex;
  salt: Hex;
  bytes: Hex;
  hash: Hex;
};
export type FrameVectors = { frames: FrameVector[] };

export type StubVectors = {
  stubs: { room: string; epoch: number; id: string; author: string; hash: Hex; bytes: Hex }[];
};

export type LogVectors = {
  leaves: {
    identity: { hash: Hex; data: Hex };
    roomHead: { room: string; epoch: number; hash: Hex; data: Hex };
    vaultHead: { account: string; name: string; version: number; hash: Hex; data: Hex };
    cover: { random: Hex; data: Hex };
  };
  leafHashes: Hex[];
  roots: Hex[];
  inclusion: { index: number; size: number; proof: Hex[] }[];
  consistency: { from: number; to: number; proof: Hex[] }[];
  checkpoint: { origin: string; size: number; root: Hex; signSeed: Hex; publicKey: Hex; text: string };
};

export type InvitationVectors = {
  id: string;
  inviter: Hex;
  joiner: Hex;
  words: { practiceName: string; inviterName: string; inviteeName: string; role: "teen" };
  secret: Hex;
  salt: Hex;
  fragment: string;
  token: Hex;
  tokenHash: Hex;
  proof: Hex;
};

/** Reads a golden file. Its shape is what `make.ts` wrote. */
export function readVectors<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), "utf8")) as Shape;
}

/** The secret of a person in `identity.json`. */
export function secretOf(person: PersonVector): WholeIdentity {
  const { account, generation, signSeed, kemPrivate, record } = person;
  return {
    account,
    generation,
    signSeed: fromHex(signSeed),
    kemPrivate: fromHex(kemPrivate),
    record: fromHex(record),
  };
}

/** All records of `identity.json`, as a verified key log would give them. */
export function identityOfPeople(people: readonly PersonVector[]): IdentityOf {
  const records = people.map((person) => parseIdentityRecord(fromHex(person.record)));
  return (hash: Bytes) => records.find((record) => equalBytes(record.hash, hash)) ?? null;
}

/** Gives the named bytes once, for a sealing that draws exactly these. */
export function drawing(...hexes: readonly Hex[]): Random {
  const left = [...hexes];
  return (count) => {
    const bytes = fromHex(left.shift() ?? "");
    if (bytes.length !== count) throw new Error("the vector names other randomness");
    return bytes;
  };
}

/** A file whose byte at place i is 7 i modulo 256, and what its chunks are sealed to. */
export type FileVector = {
  file: string;
  key: Hex;
  size: number;
  stored: number;
  chunks: { length: number; start: Hex; hash: Hex }[];
  hash: Hex;
};
export type FileVectors = { files: FileVector[] };

/** What was said, with the hash of an earlier statement as its place. */
export interface StatementVector {
  /** Who: a place among the people of `identity.json`, and the id of the person whose account it is. */
  author: number;
  by: string;
  at: number;
  after: number | null;
  said: Record<string, unknown>;
  heardAt: number;
  bytes: Hex;
  hash: Hex;
}
export interface AgreementVectors {
  fields: AgreementFields;
  bytes: Hex;
  hash: Hex;
  version: string;
  statements: StatementVector[];
  /** Which records of `identity.json`, in the order in which they stand in the file. */
  identities: number[];
  log: { publicKey: Hex; checkpoint: string; places: { index: number; proof: Hex[] }[] };
  madeAt: number;
  maker: number;
  /** The file of these statements, by their places. */
  lines: number[];
  file: Hex;
  /** The same of others, without the key log: one signature is missing, one counts for nothing. */
  waiting: { lines: number[]; file: Hex };
}

export interface BuildVectors {
  number: number;
  release: string;
  files: { path: string; size: number; hash: string }[];
  signSeed: string;
  handOver: { from: string; fromSeed: string; signature: string; to: string };
  contents: string;
  code: string;
  manifestHash: string;
  bytes: string;
  leaf: string;
}
