import { deleteFactor, lockAccount, readFactors, readStanding } from "../store/account.ts";
import { isKeptTogether } from "../store/room.ts";
import { endForGood } from "../steps/end-account-sessions.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

/**
 * Shuts the account of somebody of a family: nobody comes in by it any more. Only staff who keep a room that it is in may, so
 * that nobody else's account is there for them; again it changes nothing. What it was in is for the keeper to change.
 */
export async function closeAccount(
  world: World,
  session: Session,
  account: string,
): Promise<Outcome<Record<string, never>>> {
  if (session.standing !== "practice") return refuse("not-allowed");
  const outcome = await world.store.write(session.practice, async (writer) => {
    const isKept = await isKeptTogether(writer, { keeper: session.account, account });
    if (!isKept || (await readStanding(writer, account)) !== "family") return refuse("not-here");
    await lockAccount(writer, account);
    for (const { factor } of await readFactors(writer, account)) await deleteFactor(writer, account, factor);
    return done(await endForGood(writer, { account, at: world.now() }));
  });
  if (outcome.kind === "refused") return outcome;
  for (const tokenHash of outcome.value) world.tell({ kind: "session-ended", tokenHash });
  return done({});
}
