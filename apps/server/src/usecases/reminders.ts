import { LIMITS, type AnswerOf, type BodyOf } from "@sotto/contract";
import { lockAccount } from "../store/account.ts";
import { deleteProof, replaceProof, tryProof } from "../store/mail-proof.ts";
import {
  changeChannel,
  deleteChannel,
  findChannelAt,
  insertChannel,
  readChannel,
  readChannels,
  tieToSession,
  type ChannelRow,
} from "../store/reminder-channel.ts";
import { deleteReminderWithoutChannels, takeAsk } from "../store/reminder.ts";
import { isTaken, type Writer } from "../store/store.ts";
import { deliverReminder, settleReminder } from "../steps/deliver-reminder.ts";
import { drawCode, drawId } from "../steps/draw.ts";
import { holdOwnAccount } from "../steps/hold-own-account.ts";
import { startReminding } from "../steps/start-reminding.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

type Empty = Outcome<Record<string, never>>;

const HOUR_MS = 60 * 60 * 1000;

export async function readReminders(
  world: World,
  session: Session,
): Promise<Outcome<AnswerOf<"readReminders">>> {
  const channels = await world.store.read(session.practice, (reader) =>
    readChannels(reader, session.account),
  );
  const { link, mail, push } = world.reminding;
  return done({
    mail: mail !== null,
    link: link !== null,
    pushKey: push.publicKey,
    channels: channels.map(({ address, channel, createdAt, kind, quiet, state, withLink }) => ({
      channel,
      kind,
      state,
      address: kind === "mail" ? address : null,
      withLink,
      quiet,
      createdAt,
    })),
  });
}

/** Who asks for a mail or a push cannot ask without end: neither of this server, nor of a mailbox that may be somebody else's. */
function mayAsk(world: World, writer: Writer, account: string): Promise<boolean> {
  const at = world.now();
  const bound = { since: at - HOUR_MS, countMax: LIMITS.reminderAsksPerHourMax };
  return takeAsk(writer, { account, id: drawId(world.random), at }, bound);
}

/** Mails a code. Whether another account uses the address plays no part in it: only who holds the mailbox may learn that. */
export async function startMailReminder(
  world: World,
  session: Session,
  { address }: BodyOf<"startMailReminder">,
): Promise<Outcome<AnswerOf<"startMailReminder">>> {
  const { mail } = world.reminding;
  if (mail === null) return refuse("mail-off");
  const { account, practice } = session;
  const [id, code] = [drawId(world.random), drawCode(world.random)];
  const isAllowed = await world.store.write(practice, async (writer) => {
    await lockAccount(writer, account);
    if (!(await mayAsk(world, writer, account))) return false;
    await replaceProof(writer, {
      account,
      id,
      address,
      code,
      expiresAt: world.now() + LIMITS.mailCodeAgeMs,
    });
    return true;
  });
  if (!isAllowed) return refuse("too-many");
  const delivery = await mail.send(address, codeText(code));
  return delivery === "sent" ? done({ proof: id }) : refuse("not-delivered");
}

/** In both languages: the server does not know which one somebody reads. */
const codeText = (code: string): string =>
  `Your code is ${code}. It works for ten minutes.\nTu código es ${code}. Vale diez minutos.\n`;

export async function addMailReminder(
  world: World,
  session: Session,
  wish: BodyOf<"addMailReminder">,
): Promise<Empty> {
  const { account } = session;
  return adding(world, session, { channel: wish.channel, same: {} }, async (writer) => {
    const attempt = { account, id: wish.proof, code: wish.code };
    const proved = await tryProof(writer, {
      ...attempt,
      now: world.now(),
      triesMax: LIMITS.mailCodeTriesMax,
    });
    if (proved === null) return refuse("attempt-expired");
    if (proved === "wrong") return refuse("code-wrong");
    await deleteProof(writer, account);
    const place = { kind: "mail", address: proved.address } as const;
    const known = await findChannelAt(writer, place);
    // Two people never share a mailbox: each would read there that the other is here.
    if (known !== null) return known.account === account ? done({}) : refuse("address-taken");
    const { channel, quiet, withLink } = wish;
    await insertNew(world, writer, { ...place, account, channel, quiet, withLink, sessionHash: null });
    return done({});
  });
}

/** A device belongs to who is in it now: a push that reached another account there goes. */
export async function addPushReminder(
  world: World,
  session: Session,
  wish: BodyOf<"addPushReminder">,
): Promise<Outcome<AnswerOf<"addPushReminder">>> {
  const { account } = session;
  const { channel, quiet } = wish;
  if (!world.reminding.push.mayReach(wish.endpoint)) return refuse("push-unknown");
  return adding(world, session, { channel, same: { channel } }, async (writer) => {
    const place = { kind: "push", address: wish.endpoint } as const;
    const known = await findChannelAt(writer, place);
    if (known?.account === account) return done({ channel: known.channel });
    if (known !== null) {
      await deleteChannel(writer, known);
      await deleteReminderWithoutChannels(writer, known.account);
    }
    const sessionHash = session.tokenHash;
    await insertNew(world, writer, { ...place, account, channel, quiet, withLink: false, sessionHash });
    return done({ channel });
  });
}

async function insertNew(
  world: World,
  writer: Writer,
  channel: Omit<ChannelRow, "state" | "remindedVisit" | "createdAt">,
): Promise<void> {
  await startReminding(world, writer, channel.account);
  await insertChannel(writer, { ...channel, createdAt: world.now() });
}

/** A channel that is there already was sent again, because its answer was lost: it gets the same one. */
async function adding<Value>(
  world: World,
  session: Session,
  wish: { readonly channel: string; readonly same: Value },
  add: (writer: Writer) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const { account, practice } = session;
  try {
    return await world.store.write(practice, async (writer) => {
      if (!(await holdOwnAccount(writer, session, world.now()))) return refuse("not-signed-in");
      const known = await readChannels(writer, account);
      if (known.some(({ channel }) => channel === wish.channel)) return done(wish.same);
      return known.length >= LIMITS.reminderChannelsMax ? refuse("too-many") : add(writer);
    });
  } catch (error) {
    // Somebody else proved the same address at this very moment.
    if (isTaken(error)) return refuse("address-taken");
    throw error;
  }
}

/** Which channel this device is, from now on tied to this session. */
export async function keepPushReminder(
  world: World,
  session: Session,
  { endpoint }: BodyOf<"keepPushReminder">,
): Promise<Outcome<AnswerOf<"keepPushReminder">>> {
  return world.store.write(session.practice, async (writer) => {
    const known = await findChannelAt(writer, { kind: "push", address: endpoint });
    if (known?.account !== session.account) return refuse("not-here");
    await tieToSession(writer, known, session.tokenHash);
    return done({ channel: known.channel });
  });
}

export async function changeReminder(
  world: World,
  { account, practice }: Session,
  wish: BodyOf<"changeReminder"> & { readonly channel: string },
): Promise<Empty> {
  const isChanged = await world.store.write(practice, (writer) =>
    changeChannel(writer, { account, ...wish }),
  );
  return isChanged ? done({}) : refuse("not-here");
}

export async function removeReminder(
  world: World,
  { account, practice }: Session,
  channel: string,
): Promise<Empty> {
  await world.store.write(practice, async (writer) => {
    await lockAccount(writer, account);
    await deleteChannel(writer, { account, channel });
    await deleteReminderWithoutChannels(writer, account);
  });
  return done({});
}

export async function tryReminder(world: World, { account, practice }: Session, id: string): Promise<Empty> {
  const asked = await world.store.write(practice, async (writer) => {
    await lockAccount(writer, account);
    const channel = await readChannel(writer, account, id);
    if (channel === null) return refuse("not-here");
    return (await mayAsk(world, writer, account)) ? done(channel) : refuse("too-many");
  });
  if (asked.kind === "refused") return asked;
  const delivery = await deliverReminder(world, asked.value);
  await settleReminder(world, practice, { channel: asked.value, delivery, visit: null });
  return delivery === "sent" ? done({}) : refuse("not-delivered");
}
