import { createHash, createHmac, hkdfSync } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Aes256Gcm, CipherSuite, HkdfSha512 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import {
  equalBytes,
  fileCipher,
  idToBytes,
  openFileChunk,
  openFrame,
  parseFrameHeader,
  parseIdentityRecord,
  parseRoomEvent,
  VaultFault,
  type Bytes,
  type RoomEvent,
  type VaultState,
} from "@sotto/vault";
import type { House } from "./clients.ts";
import { lookInto, type Looked } from "./database.ts";

/**
 * Somebody who has a copy of everything that a server stored, and every key that anybody still holds. They try each key on each sealed thing, with an
 * HPKE that shares no code with ours, and read what opens: what they cannot read, nobody can by these keys.
 */

/** What stands in a room's log, as the server stores it. */
interface CopiedItem {
  readonly room: string;
  readonly kind: string;
  readonly bytes: Bytes;
}

/** A copy of the server's disk. */
export interface Copy {
  readonly items: readonly CopiedItem[];
  readonly identities: readonly Bytes[];
  /** Sealed bytes of files, by where they lie. */
  readonly files: ReadonlyMap<string, Bytes>;
}

/** Keys that open something: private keys that seeds are sealed to, and seeds. */
export interface Keys {
  readonly sealing: readonly Bytes[];
  readonly seeds: readonly Bytes[];
}

export async function copyServer(
  house: Pick<House, "filesFolder"> & { readonly database: Looked },
): Promise<Copy> {
  const items = await lookInto<{ room: string; kind: string; bytes: Buffer }>(
    house.database,
    "select room_id as room, kind, bytes from room_item order by room_id, seq",
    [],
  );
  const identities = await lookInto<{ record: Buffer }>(house.database, "select record from identity", []);
  const names = await readdir(house.filesFolder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Bytes>();
  for (const entry of names.filter((name) => name.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(path, new Uint8Array(await readFile(path)));
  }
  return {
    items: items.map(({ bytes, kind, room }) => ({ room, kind, bytes: new Uint8Array(bytes) })),
    identities: identities.map(({ record }) => new Uint8Array(record)),
    files,
  };
}

/** All keys in these vaults. */
export function keysIn(states: readonly VaultState[]): Keys {
  return {
    sealing: states.flatMap(({ identities }) =>
      identities.flatMap(({ kemPrivate }) => (kemPrivate === null ? [] : [kemPrivate])),
    ),
    seeds: states.flatMap(({ archive }) =>
      archive.flatMap(({ runs }) => runs.flatMap(({ seeds }) => [...seeds])),
    ),
  };
}

/** What of one room's copy opens: epochs by their seed, and what was said, as raw bytes. */
export interface Read {
  readonly epochs: readonly number[];
  readonly said: readonly Buffer[];
}

/** What came of a key on a sealed thing, by the hash of both and of what they are bound to: it comes of them every time. */
export type Tried = Map<string, Bytes | null>;

/** So much is remembered and no more. */
const TRIED_MAX = 20_000;

/** Tries every key on everything that was copied of a room, but for what was `tried` before, with what came of it. */
export async function breakInto(
  copy: Copy,
  room: string,
  keys: Keys,
  tried: Tried = new Map(),
): Promise<Read> {
  const events = eventsOf(copy, room);
  const seeds = [...keys.seeds];
  // What one thing gives may open another: a grant of the past holds the seeds of others.
  for (const event of copy.items
    .filter(({ kind }) => kind === "event")
    .map(({ bytes }) => parseRoomEvent(bytes))) {
    for (const seed of await seedsIn(event, keys.sealing, tried)) {
      if (!seeds.some((known) => equalBytes(known, seed))) seeds.push(seed);
    }
  }
  const opened = events.flatMap((event) => {
    const seed = seeds.find((one) => isOf(event, one));
    return seed === undefined ? [] : [{ event, seed }];
  });
  const said: Buffer[] = [];
  for (const { bytes, kind } of copy.items.filter((item) => item.room === room)) {
    if (kind !== "frame") continue;
    const { epoch } = parseFrameHeader(bytes);
    const found = opened.find(({ event }) => event.epoch === epoch);
    const body = found === undefined ? null : await readFrame(copy, bytes, found);
    if (body !== null) said.push(body);
  }
  return { epochs: opened.map(({ event }) => event.epoch), said };
}

/** The content of a stored file when any 32 bytes of what was read are its key; null when none are. */
export async function breakFile(
  copy: Copy,
  file: { readonly file: string; readonly size: number },
  said: readonly Buffer[],
): Promise<Buffer | null> {
  const stored = [...copy.files].filter(([path]) => path.includes(file.file)).map(([, bytes]) => bytes);
  for (const body of said) {
    for (let at = 0; at + 32 <= body.length; at++) {
      const cipher = await fileCipher({ ...file, key: new Uint8Array(body.subarray(at, at + 32)) });
      for (const sealed of stored) {
        const opened = await openFileChunk(cipher, 0, sealed).catch(missed);
        if (opened !== null) return Buffer.from(opened.content);
      }
    }
  }
  return null;
}

const missed = (error: unknown): null => {
  if (error instanceof VaultFault) return null;
  throw error;
};

const eventsOf = ({ items }: Copy, room: string): readonly RoomEvent[] =>
  items
    .filter((item) => item.room === room && item.kind === "event")
    .map(({ bytes }) => parseRoomEvent(bytes));

const label = (text: string): Buffer => Buffer.concat([Buffer.of(text.length), Buffer.from(text)]);
const derived = (seed: Bytes, headerHash: Bytes, purpose: string): Bytes =>
  new Uint8Array(hkdfSync("sha256", seed, headerHash, label(`fam/room/1 ${purpose}`), 32));

/** True when the keys that follow from this seed confirm the event. */
const isOf = ({ confirm, headerHash }: RoomEvent, seed: Bytes): boolean => {
  if (confirm === null) return false;
  const message = Buffer.concat([label("fam/room/1 confirmation"), headerHash]);
  const code = createHmac("sha256", derived(seed, headerHash, "confirm"))
    .update(message)
    .digest();
  return code.equals(confirm);
};

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha512(), aead: new Aes256Gcm() });

const open = async (key: Bytes, sealed: Bytes, info: Buffer, aad: Bytes): Promise<Bytes | null> => {
  try {
    const recipientKey = await suite.kem.importKey("raw", key.slice().buffer, false);
    const enc = sealed.slice(0, 1120);
    const recipient = await suite.createRecipientContext({ recipientKey, enc, info });
    return new Uint8Array(await recipient.open(sealed.slice(1120), aad));
  } catch {
    return null;
  }
};

/** Every seed that any of the keys gets out of an event, for whomever it was sealed. */
async function seedsIn(event: RoomEvent, sealing: readonly Bytes[], tried: Tried): Promise<readonly Bytes[]> {
  const openOnce: typeof open = async (...asked) => {
    const name = asked.reduce((all, part) => all.update(part), createHash("sha256")).digest("base64");
    const before = tried.get(name);
    if (before !== undefined) return before;
    const came = await open(...asked);
    if (tried.size < TRIED_MAX) tried.set(name, came);
    return came;
  };
  const seeds: Bytes[] = [];
  const { grant, headerHash, members, sealedPast, sealedSeeds } = event;
  for (const key of sealing) {
    for (const [index, sealed] of sealedSeeds.entries()) {
      const info = Buffer.concat([label("fam/room/1"), label("seed"), headerHash]);
      const seed = await openOnce(key, sealed, info, idToBytes(members[index]?.account ?? ""));
      if (seed !== null) seeds.push(seed);
    }
    if (grant === undefined || sealedPast === undefined) continue;
    const info = Buffer.concat([label("fam/room/3"), label("past"), headerHash]);
    const past = await openOnce(key, sealedPast, info, idToBytes(grant.account));
    for (let at = 0; past !== null && at < past.length; at += 32) seeds.push(past.slice(at, at + 32));
  }
  return seeds;
}

async function readFrame(
  { identities }: Copy,
  bytes: Bytes,
  { event, seed }: { readonly event: RoomEvent; readonly seed: Bytes },
): Promise<Buffer | null> {
  const { closed, epoch, hash: head, headerHash, members, room } = event;
  const key = (purpose: string) => derived(seed, headerHash, purpose);
  const frame = await openFrame({
    bytes,
    keys: { room, epoch, head, content: key("content"), card: key("card"), file: key("file") },
    state: { room, epoch, head, members, closed, ended: false },
    identityOf: (hash) => {
      const record = identities.find((one) => createHash("sha256").update(one).digest().equals(hash));
      return record === undefined ? null : parseIdentityRecord(record);
    },
  }).catch(missed);
  return frame === null ? null : Buffer.from(frame.body);
}
