/** A real server whose clock a test moves, with a real mail server and a push service beside it. */
import { LOOK_SPAN_MS } from "@sotto/domain";
import type { ServerOptions } from "@sotto/server/wiring";
import { openMailbox, type Mailbox } from "./mailbox.ts";
import { call, type Person } from "./people.ts";
import { openPushService, type PushService } from "./push-receiver.ts";
import { openRealServer, type RealServer } from "./real-server.ts";

export interface ReminderHouse extends RealServer {
  readonly mailbox: Mailbox;
  readonly pushService: PushService;
  readonly now: () => number;
  /** Moves the clock on, and lets what is due by then happen. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

export const MINUTE_MS = 60_000;
export const SENDER = "hello@example.org";

/** So long that everybody has been looked at once. */
export const A_LOOK_MS = 2 * LOOK_SPAN_MS;

export async function openReminderHouse(
  options: Pick<ServerOptions, "refuseAfterMs"> = {},
): Promise<ReminderHouse> {
  const [mailbox, pushService] = [await openMailbox(), await openPushService()];
  let clock = Date.now();
  const now = () => clock;
  const real = await openRealServer({
    ...options,
    now,
    reminders: { mail: { url: mailbox.url, from: SENDER }, pushHosts: [pushService.origin] },
  });
  return {
    ...real,
    mailbox,
    pushService,
    now,
    pass: async (milliseconds) => {
      clock += milliseconds;
      await real.server.remind();
    },
    close: async () => {
      await real.close();
      await mailbox.close();
      await pushService.close();
    },
  };
}

const minuteOfDay = (at: number): number => Math.floor(at / MINUTE_MS) % (24 * 60);

/** Quiet hours that begin and end so long after a moment. */
export const quietFrom = (at: number, from: number, until: number) => ({
  from: minuteOfDay(at + from),
  until: minuteOfDay(at + until),
  zone: "UTC",
});

export const NEVER_QUIET = { from: 0, until: 0, zone: "Europe/Berlin" } as const;

/** Reminds somebody by mail from now on; answers the channel. */
export async function remindByMail(
  { mailbox, origin }: Pick<ReminderHouse, "mailbox" | "origin">,
  person: Person,
  address: string,
  wish: { readonly quiet?: Quiet; readonly withLink?: boolean } = {},
): Promise<string> {
  const { quiet = NEVER_QUIET, withLink = false } = wish;
  const { token } = person;
  const channel: string = crypto.randomUUID();
  const { proof } = await call(origin, "startMailReminder", { token, body: { address } });
  const code = mailbox.codeFor(address);
  await call(origin, "addMailReminder", { token, body: { proof, code, channel, withLink, quiet } });
  return channel;
}

/** Reminds a device of somebody by push from now on. */
export async function remindByPush(
  { origin, pushService }: Pick<ReminderHouse, "origin" | "pushService">,
  { token }: Person,
  quiet: Quiet = NEVER_QUIET,
): Promise<{ readonly channel: string; readonly endpoint: string }> {
  const channel: string = crypto.randomUUID();
  const { pushKey } = await call(origin, "readReminders", { token });
  const endpoint = pushService.subscribe(pushKey);
  await call(origin, "addPushReminder", { token, body: { channel, endpoint, quiet } });
  return { channel, endpoint };
}

export const channelsOf = async (server: { readonly origin: string }, { token }: Person) =>
  (await call(server.origin, "readReminders", { token })).channels;

type Quiet = { readonly from: number; readonly until: number; readonly zone: string };
