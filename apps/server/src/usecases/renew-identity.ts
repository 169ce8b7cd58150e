import type { AnswerOf, BodyOf } from "@sotto/contract";
import { readNewestIdentity } from "../store/account.ts";
import { toBase64Url } from "@sotto/vault/public";
import { holdOwnAccount } from "../steps/hold-own-account.ts";
import { publishIdentity } from "../steps/publish-identity.ts";
import { Undo } from "../steps/undo.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

/**
 * Publishes the next generation of the asking account's identity together with the vault that holds it, all or nothing: nobody is ever
 * named by keys that no vault has.
 */
export async function renewIdentity(
  world: World,
  session: Session,
  wish: BodyOf<"renewIdentity">,
): Promise<Outcome<Record<string, never>>> {
  const { account, practice, standing } = session;
  // A custodian's key stands on paper, and follows from what stands there: there is no next one.
  if (standing === "custodian") return refuse("not-allowed");
  try {
    await world.store.write(practice, async (writer) => {
      if (!(await holdOwnAccount(writer, session, world.now()))) throw new Undo("not-signed-in");
      await publishIdentity(world, writer, { account, ...wish });
    });
  } catch (error) {
    if (error instanceof Undo) return refuse(error.refusal);
    throw error;
  }
  const { version } = wish.vault;
  world.tell({ kind: "vault-changed", practice, to: [account], name: "main", version });
  return done({});
}

/** The newest published identity of each account. For staff, who let people into rooms. */
export async function readNewestIdentities(
  world: World,
  session: Session,
  accounts: readonly string[],
): Promise<Outcome<AnswerOf<"readNewestIdentities">>> {
  if (session.standing !== "practice") return refuse("not-allowed");
  return world.store.read(session.practice, async (reader) => {
    const records: AnswerOf<"readNewestIdentities">["records"] = [];
    for (const account of new Set(accounts)) {
      const newest = await readNewestIdentity(reader, account);
      if (newest === null) continue;
      records.push({ account, hash: toBase64Url(newest.hash), bytes: toBase64Url(newest.bytes) });
    }
    return done({ records });
  });
}
