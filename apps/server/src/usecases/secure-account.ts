import { fromBase64Url } from "@sotto/vault/public";
import type { AnswerOf, BodyOf } from "@sotto/contract";
import { countKeyGeneration, deleteFactor, readFactor, readFactors, writeWrap } from "../store/account.ts";
import { readChannels, tieToSession } from "../store/reminder-channel.ts";
import { hashToken } from "../store/session.ts";
import type { Writer } from "../store/store.ts";
import { checkFactor, storeFactor } from "../steps/check-factor.ts";
import { endEverySession } from "../steps/end-account-sessions.ts";
import { holdOwnAccount } from "../steps/hold-own-account.ts";
import { publishIdentity } from "../steps/publish-identity.ts";
import { openSession } from "../steps/open-session.ts";
import { Undo } from "../steps/undo.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

type Securing = BodyOf<"secureAccount">;
type SignedIn = AnswerOf<"secureAccount">;

/**
 * Replaces what may be in other hands, all or nothing: the vault under a new key, that key wrapped by the factors that stay, a
 * new sheet, the next identity. The other factors go and every session ends, this one too: an answer that was lost leaves
 * somebody who signs in again, with what stayed.
 */
export async function secureAccount(
  world: World,
  session: Session,
  wish: Securing,
): Promise<Outcome<SignedIn>> {
  try {
    const { ended, signedIn } = await world.store.write(session.practice, (writer) =>
      secureIn(world, writer, session, wish),
    );
    for (const tokenHash of ended) world.tell({ kind: "session-ended", tokenHash });
    return done(signedIn);
  } catch (error) {
    if (error instanceof Undo) return refuse(error.refusal);
    throw error;
  }
}

async function secureIn(
  world: World,
  writer: Writer,
  session: Session,
  wish: Securing,
): Promise<{ readonly ended: readonly Buffer[]; readonly signedIn: SignedIn }> {
  const { account, standing } = session;
  // A custodian has neither factors nor a vault.
  if (standing === "custodian") throw new Undo("not-allowed");
  const at = world.now();
  if (!(await holdOwnAccount(writer, session, at))) throw new Undo("not-signed-in");
  if (wish.sheet.kind !== "recovery") throw new Undo("malformed");
  await publishIdentity(world, writer, { account, ...wish });
  await countKeyGeneration(writer, account);
  const factors = await readFactors(writer, account);
  const wraps = new Map(wish.wraps.map(({ factor, wrap }) => [factor, fromBase64Url(wrap)]));
  for (const { factor } of factors) {
    const wrap = wraps.get(factor);
    if (wrap === undefined) await deleteFactor(writer, account, factor);
    else await writeWrap(writer, { account, factor, wrap });
  }
  const sheet = await checkFactor(world, writer, wish.sheet);
  if (sheet === null || !(await storeFactor(writer, sheet, account, at))) throw new Undo("name-taken");
  const kept = factors.find(({ factor }) => wraps.has(factor))?.factor ?? wish.sheet.factor;
  const factor = await readFactor(writer, account, kept);
  if (factor === null) throw new Undo("malformed");
  const signedIn = await openSession(writer, { account, standing, factor, at }, world.marks);
  const opened = hashToken(signedIn.token);
  // Whoever does this goes on where they are: the same device stays reminded, by its new session.
  for (const channel of await readChannels(writer, account))
    if (channel.sessionHash?.equals(session.tokenHash) === true) await tieToSession(writer, channel, opened);
  return { ended: await endEverySession(writer, { account, at, butTokenHash: opened }), signedIn };
}
