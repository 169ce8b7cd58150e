import { isQuiet, nextLook } from "@sotto/domain";
import { readChannels, type ChannelRow } from "../store/reminder-channel.ts";
import {
  hasUnseen,
  lockDueReminders,
  readPractices,
  setLook,
  sweepReminders,
  type DueReminder,
} from "../store/reminder.ts";
import { NO_PRACTICE, type Writer } from "../store/store.ts";
import { deliverReminder, settleReminder } from "../steps/deliver-reminder.ts";
import { drawFraction } from "../steps/draw.ts";
import type { World } from "../steps/world.ts";

/** So many people are looked at together, and so many reminders are under way at once. */
const TOGETHER_MAX = 10;
const HOUR_MS = 60 * 60 * 1000;

/** What a look found to be sent. */
interface Sending {
  readonly channel: ChannelRow;
  readonly visit: string;
}

/**
 * Looks at the rooms of everybody whose moment has come, and reminds whoever has not been there since somebody else did something in one of them. `failed`
 * is told by which kind of channel a reminder did not go out; it is tried again at the next look.
 */
export async function remind(world: World, failed: (kind: ChannelRow["kind"]) => void): Promise<void> {
  const practices = await world.store.read(NO_PRACTICE, readPractices);
  for (const practice of practices) {
    await world.store.write(practice, (writer) =>
      sweepReminders(writer, { proofs: world.now(), asks: world.now() - HOUR_MS }),
    );
    for (;;) {
      const { isLast, sendings } = await world.store.write(practice, (writer) => look(world, writer));
      // One mail server that takes its time holds up nobody but those of this look.
      await Promise.all(sendings.map((sending) => send(world, practice, sending, failed)));
      if (isLast) break;
    }
  }
}

/** Every look is moved on before anything is sent: one that the server dies in is made up for by the next. */
async function look(
  world: World,
  writer: Writer,
): Promise<{ readonly isLast: boolean; readonly sendings: readonly Sending[] }> {
  const now = world.now();
  const due = await lockDueReminders(writer, now, TOGETHER_MAX);
  const sendings: Sending[] = [];
  for (const reminder of due) {
    await setLook(writer, reminder.account, nextLook(now, drawFraction(world.random)));
    sendings.push(...(await findSendings(world, writer, reminder)));
  }
  return { isLast: due.length < TOGETHER_MAX, sendings };
}

/** One reminder a channel until they have been there again; none in its quiet hours, after which a later look finds the same. */
async function findSendings(
  { now, reminding }: World,
  writer: Writer,
  { account, visit }: DueReminder,
): Promise<readonly Sending[]> {
  if (reminding.presence.isHere(writer.practice, account, now())) return [];
  if (!(await hasUnseen(writer, account))) return [];
  return (await readChannels(writer, account))
    .filter(({ quiet, remindedVisit, state }) => {
      return state === "on" && remindedVisit !== visit && !isQuiet(quiet, now());
    })
    .map((channel) => ({ channel, visit }));
}

async function send(
  world: World,
  practice: string,
  { channel, visit }: Sending,
  failed: (kind: ChannelRow["kind"]) => void,
): Promise<void> {
  // They may have come while others were reminded.
  if (world.reminding.presence.isHere(practice, channel.account, world.now())) return;
  const delivery = await deliverReminder(world, channel);
  if (delivery !== "sent") failed(channel.kind);
  await settleReminder(world, practice, { channel, delivery, visit });
}
