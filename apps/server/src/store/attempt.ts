import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { Reader, Writer } from "./store.ts";

export type AttemptKind = "passkey-new" | "passkey-sign-in" | "passphrase-sign-in" | "custody";

/** Keeps what the second half of a ceremony needs. */
export async function insertAttempt(
  writer: Writer,
  attempt: { readonly kind: AttemptKind; readonly state: string; readonly expiresAt: number },
): Promise<string> {
  const id = randomUUID();
  await writer.write("insert into attempt (id, kind, state, expires_at) values ($1, $2, $3, $4)", [
    id,
    attempt.kind,
    attempt.state,
    attempt.expiresAt,
  ]);
  return id;
}

/** Takes an attempt out: it works once. Null when it is unknown, spent, too old or of another kind. */
export async function takeAttempt(
  writer: Writer,
  id: string,
  kind: AttemptKind,
  now: number,
): Promise<string | null> {
  const rows = await writer.read<{ state: string; kind: string; expires_at: string }>(
    "delete from attempt where id = $1 returning state, kind, expires_at",
    [id],
  );
  const [row] = rows;
  return row === undefined || row.kind !== kind || Number(row.expires_at) <= now ? null : row.state;
}

const hashCode = (code: string): Buffer =>
  createHash("sha256")
    .update(
      code
        .trim()
        .toUpperCase()
        .replaceAll(/[^0-9A-Z]/g, ""),
    )
    .digest();

/** A new one-time set-up code of 120 random bits, in six groups: as many as a plain hash may keep. */
export async function insertSetupCode(writer: Writer, expiresAt: number): Promise<string> {
  const code = (randomBytes(15).toString("hex").toUpperCase().match(/.{5}/g) ?? []).join("-");
  await writer.write("insert into setup_code (hash, expires_at) values ($1, $2)", [
    hashCode(code),
    expiresAt,
  ]);
  return code;
}

export async function isSetupCodeGood(reader: Reader, code: string, now: number): Promise<boolean> {
  const rows = await reader.read(
    "select hash from setup_code where hash = $1 and expires_at > $2 and practice_id is null",
    [hashCode(code), now],
  );
  return rows.length === 1;
}

/** Spends the code for this practice. `again`: this same practice had spent it; `no`: it is not good. */
export async function spendSetupCode(
  writer: Writer,
  code: string,
  now: number,
): Promise<"first" | "again" | "no"> {
  const written = await writer.write(
    "update setup_code set practice_id = $3 where hash = $1 and practice_id is null and expires_at > $2",
    [hashCode(code), now, writer.practice],
  );
  if (written === 1) return "first";
  const mine = await writer.read("select hash from setup_code where hash = $1 and practice_id = $2", [
    hashCode(code),
    writer.practice,
  ]);
  return mine.length === 1 ? "again" : "no";
}

/** Whether any practice has been set up here. */
export async function isClaimed(reader: Reader): Promise<boolean> {
  const rows = await reader.read("select 1 as one from setup_code where practice_id is not null limit 1", []);
  return rows.length > 0;
}

/** A secret of this server, made once. */
export async function rememberSecret(writer: Writer, name: string, make: () => string): Promise<string> {
  await writer.write("insert into server_secret (name, value) values ($1, $2) on conflict do nothing", [
    name,
    make(),
  ]);
  const rows = await writer.read<{ value: string }>("select value from server_secret where name = $1", [
    name,
  ]);
  return rows[0]?.value ?? "";
}

/** Removes the ceremonies and the unspent set-up codes that have run out. */
export async function sweepAttempts(writer: Writer, now: number): Promise<void> {
  await writer.write("delete from attempt where expires_at <= $1", [now]);
  await writer.write("delete from setup_code where practice_id is null and expires_at <= $1", [now]);
}

/** Removes every ceremony that is under way. */
export async function deleteAttempts(writer: Writer): Promise<void> {
  await writer.write("delete from attempt", []);
}

/** Compares without telling by time how much was right. */
export function isSameSecret(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
