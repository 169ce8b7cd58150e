import {
  equalBytes,
  identityLeaf,
  leafHash,
  parseIdentityRecord,
  sha256,
  toHex,
  vaultHeadLeaf,
  verifyIdentityRecord,
  type Bytes,
  type IdentityOf,
  type IdentityRecord,
} from "@sotto/vault/public";
import { findLeaves } from "../store/key-log.ts";
import type { Reader } from "../store/store.ts";
import { readAccounts, readAllIdentities, readBlobs } from "../store/whole.ts";
import { parsedOrNull, shortOf, type Finding } from "./finding.ts";

/** Whether the log holds this leaf. */
export async function isInLog(reader: Reader, leaf: Bytes): Promise<boolean> {
  return (await findLeaves(reader, [leafHash(leaf)], Number.MAX_SAFE_INTEGER)).length > 0;
}

/** Checks every identity record: its form, its name, its signatures, its line, its leaf. `identityOf` finds the good ones. */
export async function verifyIdentities(
  reader: Reader,
): Promise<{ readonly findings: readonly Finding[]; readonly identityOf: IdentityOf }> {
  const findings: Finding[] = [];
  const stored = await readAllIdentities(reader);
  const records = new Map<string, IdentityRecord>();
  for (const { account, hash, record } of stored) {
    const parsed = parsedOrNull(() => parseIdentityRecord(record));
    if (parsed !== null && parsed.account === account && equalBytes(parsed.hash, hash))
      records.set(toHex(hash), parsed);
  }
  for (const { account, hash } of stored) {
    const record = records.get(toHex(hash));
    const previous =
      record === undefined || record.previous === null ? null : (records.get(toHex(record.previous)) ?? null);
    const at = `account ${account} identity ${shortOf(hash)}`;
    const holds = record !== undefined && (await verifyIdentityRecord(record, previous));
    if (!holds) {
      records.delete(toHex(hash));
      findings.push({ kind: "identity-wrong", practice: reader.practice, at, why: "" });
    } else if (!(await isInLog(reader, identityLeaf(hash))))
      findings.push({ kind: "identity-not-in-log", practice: reader.practice, at, why: "" });
  }
  return { findings, identityOf: (hash) => records.get(toHex(hash)) ?? null };
}

/** Checks that every account has its vault, and that the newest version of each of its parts is one that the log holds. */
export async function verifyVaults(reader: Reader): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const { practice } = reader;
  for (const account of await readAccounts(reader)) {
    const blobs = await readBlobs(reader, account);
    if (!blobs.some((blob) => blob.name === "main"))
      findings.push({ kind: "vault-missing", practice, at: `account ${account}`, why: "" });
    for (const { bytes, name, version } of blobs) {
      const leaf = vaultHeadLeaf({ account, name, version, hash: sha256(bytes) });
      const at = `account ${account} ${name} version ${String(version)}`;
      if (!(await isInLog(reader, leaf))) findings.push({ kind: "vault-not-in-log", practice, at, why: "" });
    }
  }
  return findings;
}
