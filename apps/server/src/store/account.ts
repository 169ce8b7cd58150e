import { createHash } from "node:crypto";
import {
  identityLeaf,
  parseIdentityRecord,
  toBase64Url,
  vaultHeadLeaf,
  sha256,
  type Bytes,
  type IdentityRecord,
  type Random,
} from "@sotto/vault/public";
import { appendLeaf } from "./key-log.ts";
import { deleteDoor, insertDoor } from "./door.ts";
import type { Reader, Writer } from "./store.ts";

export interface FactorRow {
  readonly factor: string;
  readonly account: string;
  readonly kind: "passkey" | "passphrase" | "recovery";
  readonly name: string | null;
  readonly credentialId: string | null;
  /** Passkey: public key, base64url. Passphrase: OPAQUE record. Recovery: SHA-256 of the proof, base64url. Opens nothing by itself. */
  readonly secret: string;
  readonly counter: number;
  readonly stretching: string | null;
  readonly wrap: Bytes;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

interface FactorRecord {
  factor_id: string;
  account_id: string;
  kind: FactorRow["kind"];
  name: string | null;
  credential_id: string | null;
  secret: string;
  counter: string;
  stretching: string | null;
  wrap: Buffer;
  created_at: string;
  last_used_at: string | null;
}

const FACTOR_COLUMNS =
  "factor_id, account_id, kind, name, credential_id, secret, counter, stretching, wrap, created_at, last_used_at";

const toFactor = (row: FactorRecord): FactorRow => ({
  factor: row.factor_id,
  account: row.account_id,
  kind: row.kind,
  name: row.name,
  credentialId: row.credential_id,
  secret: row.secret,
  counter: Number(row.counter),
  stretching: row.stretching,
  wrap: new Uint8Array(row.wrap),
  createdAt: Number(row.created_at),
  lastUsedAt: row.last_used_at === null ? null : Number(row.last_used_at),
});

/** Holds the account until the commit, so that what is decided by counting its factors still holds when it is written. */
export async function lockAccount(writer: Writer, account: string): Promise<void> {
  await writer.read("select account_id from account where practice_id = $1 and account_id = $2 for update", [
    writer.practice,
    account,
  ]);
}

/** Holds the newest identity of these accounts as it is until the commit: whoever publishes a next one waits, or was first. */
export async function holdIdentities(writer: Writer, accounts: readonly string[]): Promise<void> {
  await writer.read(
    "select account_id from account where practice_id = $1 and account_id = any($2::uuid[]) order by account_id for share",
    [writer.practice, accounts],
  );
}

export async function readFactors(reader: Reader, account: string): Promise<readonly FactorRow[]> {
  const rows = await reader.read<FactorRecord>(
    `select ${FACTOR_COLUMNS} from factor where practice_id = $1 and account_id = $2 order by created_at, factor_id`,
    [reader.practice, account],
  );
  return rows.map(toFactor);
}

export async function readFactor(reader: Reader, account: string, factor: string): Promise<FactorRow | null> {
  return (await readFactors(reader, account)).find((row) => row.factor === factor) ?? null;
}

/** Adds a factor with the door that finds it. False when its name, credential or lookup is somebody's already. */
export async function insertFactor(
  writer: Writer,
  factor: Omit<FactorRow, "lastUsedAt">,
  door: { readonly kind: "credential" | "name" | "recovery"; readonly value: string },
): Promise<boolean> {
  const opened = await insertDoor(writer, {
    ...door,
    account: factor.account,
    ref: factor.factor,
    expiresAt: null,
  });
  if (!opened) return false;
  await writer.write(
    `insert into factor (practice_id, account_id, factor_id, kind, name, credential_id, secret, counter, stretching, wrap, lookup, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      writer.practice,
      factor.account,
      factor.factor,
      factor.kind,
      factor.name,
      factor.credentialId,
      factor.secret,
      factor.counter,
      factor.stretching,
      Buffer.from(factor.wrap),
      createHash("sha256").update(`${door.kind}\0${door.value}`).digest(),
      factor.createdAt,
    ],
  );
  return true;
}

export async function deleteFactor(writer: Writer, account: string, factor: string): Promise<void> {
  const rows = await writer.read<{ lookup: Buffer }>(
    "select lookup from factor where practice_id = $1 and account_id = $2 and factor_id = $3",
    [writer.practice, account, factor],
  );
  for (const row of rows) await deleteDoor(writer, row.lookup);
  await writer.write("delete from factor where practice_id = $1 and account_id = $2 and factor_id = $3", [
    writer.practice,
    account,
    factor,
  ]);
}

export async function noteFactorUsed(
  writer: Writer,
  used: { readonly account: string; readonly factor: string; readonly counter: number; readonly at: number },
): Promise<void> {
  await writer.write(
    "update factor set counter = $4, last_used_at = $5 where practice_id = $1 and account_id = $2 and factor_id = $3",
    [writer.practice, used.account, used.factor, used.counter, used.at],
  );
}

/** Null when there is no such account, it has ended, or it is nobody's: a custodian's. */
export async function readStanding(reader: Reader, account: string): Promise<"practice" | "family" | null> {
  const rows = await reader.read<{ standing: "practice" | "family" }>(
    "select standing from account where practice_id = $1 and account_id = $2 and ended_at is null and standing <> 'custodian'",
    [reader.practice, account],
  );
  return rows[0]?.standing ?? null;
}

/** How often the vault key of an account was replaced. */
export async function readKeyGeneration(reader: Reader, account: string): Promise<number> {
  const rows = await reader.read<{ key_generation: number }>(
    "select key_generation from account where practice_id = $1 and account_id = $2",
    [reader.practice, account],
  );
  return rows[0]?.key_generation ?? 0;
}

/** Every wrap of the account is of its next vault key from here on. */
export async function countKeyGeneration(writer: Writer, account: string): Promise<void> {
  await writer.write(
    "update account set key_generation = key_generation + 1 where practice_id = $1 and account_id = $2",
    [writer.practice, account],
  );
}

/** The vault key wrapped anew by a factor that stays. */
export async function writeWrap(
  writer: Writer,
  wrapped: { readonly account: string; readonly factor: string; readonly wrap: Bytes },
): Promise<void> {
  await writer.write(
    "update factor set wrap = $4 where practice_id = $1 and account_id = $2 and factor_id = $3",
    [writer.practice, wrapped.account, wrapped.factor, Buffer.from(wrapped.wrap)],
  );
}

/** False when there is an account under this id. */
export async function insertAccount(
  writer: Writer,
  account: { readonly account: string; readonly standing: string; readonly at: number },
): Promise<boolean> {
  const written = await writer.write(
    "insert into account (practice_id, account_id, standing, created_at) values ($1, $2, $3, $4) on conflict do nothing",
    [writer.practice, account.account, account.standing, account.at],
  );
  return written === 1;
}

/** When the account was made; null when there is none. */
export async function readCreatedAt(reader: Reader, account: string): Promise<number | null> {
  const rows = await reader.read<{ created_at: string }>(
    "select created_at from account where practice_id = $1 and account_id = $2",
    [reader.practice, account],
  );
  return rows[0] === undefined ? null : Number(rows[0].created_at);
}

/** The accounts of the practice's staff. */
export async function readStaff(reader: Reader): Promise<readonly string[]> {
  const rows = await reader.read<{ account_id: string }>(
    "select account_id from account where practice_id = $1 and standing = 'practice' and ended_at is null",
    [reader.practice],
  );
  return rows.map((row) => row.account_id);
}

/** Stores an identity record with its leaf in the key log. */
export async function insertIdentity(writer: Writer, record: IdentityRecord, random: Random): Promise<void> {
  await writer.write("insert into identity (practice_id, hash, account_id, record) values ($1, $2, $3, $4)", [
    writer.practice,
    Buffer.from(record.hash),
    record.account,
    Buffer.from(record.bytes),
  ]);
  await appendLeaf(writer, identityLeaf(record.hash), random);
}

export async function readIdentities(
  reader: Reader,
  hashes: readonly Bytes[],
): Promise<readonly IdentityRecord[]> {
  const rows = await reader.read<{ record: Buffer }>(
    "select record from identity where practice_id = $1 and hash = any($2::bytea[])",
    [reader.practice, hashes.map((hash) => Buffer.from(hash))],
  );
  return rows.map((row) => parseIdentityRecord(new Uint8Array(row.record)));
}

/** The newest identity record of an account; null when it has none. */
export async function readNewestIdentity(reader: Reader, account: string): Promise<IdentityRecord | null> {
  const rows = await reader.read<{ record: Buffer }>(
    "select record from identity where practice_id = $1 and account_id = $2",
    [reader.practice, account],
  );
  const records = rows.map((row) => parseIdentityRecord(new Uint8Array(row.record)));
  return records.toSorted((a, b) => b.generation - a.generation)[0] ?? null;
}

/** Looks identities up by hash for `checkRoomEvent`, remembering within one transaction. */
export function identityLookup(reader: Reader) {
  const known = new Map<string, IdentityRecord | null>();
  return async (hash: Bytes): Promise<IdentityRecord | null> => {
    const key = toBase64Url(hash);
    const before = known.get(key);
    if (before !== undefined) return before;
    const [record = null] = await readIdentities(reader, [hash]);
    known.set(key, record);
    return record;
  };
}

export async function readBlob(
  reader: Reader,
  account: string,
  name: string,
): Promise<{ readonly version: number; readonly bytes: Bytes } | null> {
  const rows = await reader.read<{ version: string; bytes: Buffer }>(
    "select version, bytes from vault_blob where practice_id = $1 and account_id = $2 and name = $3",
    [reader.practice, account, name],
  );
  const [row] = rows;
  return row === undefined ? null : { version: Number(row.version), bytes: new Uint8Array(row.bytes) };
}

/** Null when there is none. */
export async function readBlobVersion(reader: Reader, account: string, name: string): Promise<number | null> {
  const rows = await reader.read<{ version: string }>(
    "select version from vault_blob where practice_id = $1 and account_id = $2 and name = $3",
    [reader.practice, account, name],
  );
  return rows[0] === undefined ? null : Number(rows[0].version);
}

/** Writes version n over n-1 with its leaf; false when n-1 is not the newest. */
export async function writeBlob(
  writer: Writer,
  blob: { readonly account: string; readonly name: string; readonly version: number; readonly bytes: Bytes },
  random: Random,
): Promise<boolean> {
  const values = [writer.practice, blob.account, blob.name, blob.version, Buffer.from(blob.bytes)];
  const written =
    blob.version === 1
      ? await writer.write(
          "insert into vault_blob (practice_id, account_id, name, version, bytes) values ($1, $2, $3, $4, $5) on conflict do nothing",
          values,
        )
      : await writer.write(
          "update vault_blob set version = $4, bytes = $5 where practice_id = $1 and account_id = $2 and name = $3 and version = $4::bigint - 1",
          values,
        );
  if (written !== 1) return false;
  const { account, name, version } = blob;
  await appendLeaf(writer, vaultHeadLeaf({ account, name, version, hash: sha256(blob.bytes) }), random);
  return true;
}
