import { isInRooms, lockStaff, markAccountEnded } from "../store/staff.ts";
import { endForGood } from "../steps/end-account-sessions.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

/**
 * Ends the account of somebody of the staff, asked for by somebody else of the staff: its sessions end now, nobody signs in to it again, and the
 * invitations it made and nobody has used are worth nothing. Refused while it is in rooms, unless `evenSo`: what only it keeps would be lost sight of. `besides` is a room that
 * does not count, the one that whoever asks takes it out of next.
 */
export async function endAccount(
  world: World,
  session: Session,
  wish: { readonly account: string; readonly besides: string | null; readonly evenSo: boolean },
): Promise<Outcome<Record<string, never>>> {
  const { practice } = session;
  if (session.standing !== "practice" || wish.account === session.account) return refuse("not-allowed");
  const outcome = await world.store.write(practice, async (writer) => {
    // Two who end each other take turns, so that one of them stays.
    const staff = await lockStaff(writer);
    const isAtWork = (account: string) =>
      staff.some((line) => line.account === account && line.endedAt === null);
    if (!isAtWork(session.account)) return refuse("not-signed-in");
    if (!staff.some((line) => line.account === wish.account)) return refuse("not-here");
    if (!isAtWork(wish.account)) return done([]);
    if (!wish.evenSo && (await isInRooms(writer, wish.account, wish.besides)))
      return refuse("still-in-rooms");
    const ended = { account: wish.account, at: world.now() };
    await markAccountEnded(writer, ended);
    return done(await endForGood(writer, ended));
  });
  if (outcome.kind === "refused") return outcome;
  for (const tokenHash of outcome.value) world.tell({ kind: "session-ended", tokenHash });
  return done({});
}
