import { createHash } from "node:crypto";
import { isSameSecret } from "./attempt.ts";
import type { Writer } from "./store.ts";

const hashCode = (proof: string, code: string): Buffer =>
  createHash("sha256").update(`${proof}\0${code}`).digest();

/** Keeps the code that was mailed to an address, hashed. An account has one at a time. */
export async function replaceProof(
  writer: Writer,
  proof: {
    readonly account: string;
    readonly id: string;
    readonly address: string;
    readonly code: string;
    readonly expiresAt: number;
  },
): Promise<void> {
  await writer.write(
    `insert into reminder_proof (practice_id, account_id, proof_id, address, code_hash, tries, expires_at) values ($1, $2, $3, $4, $5, 0, $6)
     on conflict (practice_id, account_id) do update set proof_id = excluded.proof_id, address = excluded.address,
       code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at`,
    [
      writer.practice,
      proof.account,
      proof.id,
      proof.address,
      hashCode(proof.id, proof.code),
      proof.expiresAt,
    ],
  );
}

/** Tries a code, which counts. The address that it proves; `wrong`; or null when there is nothing to try any more. */
export async function tryProof(
  writer: Writer,
  attempt: {
    readonly account: string;
    readonly id: string;
    readonly code: string;
    readonly now: number;
    readonly triesMax: number;
  },
): Promise<{ readonly address: string } | "wrong" | null> {
  const rows = await writer.read<{ address: string; code_hash: Buffer }>(
    `update reminder_proof set tries = tries + 1
     where practice_id = $1 and account_id = $2 and proof_id = $3 and expires_at > $4 and tries < $5 returning address, code_hash`,
    [writer.practice, attempt.account, attempt.id, attempt.now, attempt.triesMax],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const isRight = isSameSecret(row.code_hash, hashCode(attempt.id, attempt.code));
  return isRight ? { address: row.address } : "wrong";
}

export async function deleteProof(writer: Writer, account: string): Promise<void> {
  await writer.write("delete from reminder_proof where practice_id = $1 and account_id = $2", [
    writer.practice,
    account,
  ]);
}
