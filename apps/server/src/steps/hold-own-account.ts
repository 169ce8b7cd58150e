import { lockAccount } from "../store/account.ts";
import { holdSession } from "../store/session.ts";
import type { Writer } from "../store/store.ts";
import type { Session } from "./world.ts";

/**
 * Holds the account of whoever asks until the commit. False when their session has ended since it was let in: somebody shut the account, or signed
 * this device out, and had the account first.
 */
export async function holdOwnAccount(
  writer: Writer,
  session: Pick<Session, "account" | "tokenHash">,
  now: number,
): Promise<boolean> {
  await lockAccount(writer, session.account);
  return holdSession(writer, session.tokenHash, now);
}
