import { untilQuietMs } from "@sotto/domain";
import type { Delivery } from "../delivery/delivery.ts";
import { lockAccount } from "../store/account.ts";
import { deleteChannel, markReminded, pauseChannel, type ChannelRow } from "../store/reminder-channel.ts";
import { deleteReminderWithoutChannels } from "../store/reminder.ts";
import type { World } from "./world.ts";

/** All that a reminder ever says, in both languages: the server does not know which one somebody reads. Not who, what, how many or where; the same for everybody. */
const SENTENCE = "There is something new. Hay algo nuevo.";

/** As long as a push service may wait for a device, where no quiet hours come before. */
const PUSH_WAITS_MS_MAX = 24 * 60 * 60 * 1000;

/** Sends one reminder through a channel. A push that has not arrived when the quiet hours begin never does. */
export async function deliverReminder({ now, reminding }: World, channel: ChannelRow): Promise<Delivery> {
  switch (channel.kind) {
    case "mail": {
      const link = channel.withLink ? reminding.link : null;
      const text = link === null ? `${SENTENCE}\n` : `${SENTENCE}\n\n${link}\n`;
      return reminding.mail === null ? "failed" : reminding.mail.send(channel.address, text);
    }
    case "push": {
      const quietIn = untilQuietMs(channel.quiet, now()) ?? PUSH_WAITS_MS_MAX;
      return reminding.push.send(channel.address, quietIn);
    }
  }
}

/**
 * Keeps what came of it. A reminder is marked after it went out: when the server dies in between, it may go out once more, and is never lost. `visit` is
 * null for one that somebody asked for, which counts for nothing.
 */
export async function settleReminder(
  world: World,
  practice: string,
  outcome: { readonly channel: ChannelRow; readonly delivery: Delivery; readonly visit: string | null },
): Promise<void> {
  const { channel, delivery, visit } = outcome;
  if (delivery === "failed" || (delivery === "sent" && visit === null)) return;
  await world.store.write(practice, async (writer) => {
    if (delivery === "refused") await pauseChannel(writer, channel);
    else if (delivery === "sent" && visit !== null) await markReminded(writer, channel, visit);
    else {
      await lockAccount(writer, channel.account);
      await deleteChannel(writer, channel);
      await deleteReminderWithoutChannels(writer, channel.account);
    }
  });
}
