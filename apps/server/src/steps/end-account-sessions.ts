import { deletePushesOf, deleteChannelsOf } from "../store/reminder-channel.ts";
import { deleteReminderWithoutChannels } from "../store/reminder.ts";
import { endSessions } from "../store/session.ts";
import type { Writer } from "../store/store.ts";

interface Ended {
  readonly account: string;
  readonly at: number;
}

/**
 * Ends every session of an account, but the one that is named; the devices that they were on are not reminded any more. Answers which, so that
 * their connections end too.
 */
export async function endEverySession(
  writer: Writer,
  { account, at, butTokenHash }: Ended & { readonly butTokenHash?: Buffer },
): Promise<readonly Buffer[]> {
  const ending =
    butTokenHash === undefined ? ({ kind: "all" } as const) : ({ kind: "others", butTokenHash } as const);
  const ended = await endSessions(writer, account, { ending, at });
  await deletePushesOf(writer, account, ended);
  return ended;
}

/** The same for an account that nobody comes back to: nothing reminds it, and its mail address is free for whoever it belongs to. */
export async function endForGood(writer: Writer, wish: Ended): Promise<readonly Buffer[]> {
  const ended = await endSessions(writer, wish.account, { ending: { kind: "all" }, at: wish.at });
  await deleteChannelsOf(writer, wish.account);
  await deleteReminderWithoutChannels(writer, wish.account);
  return ended;
}
