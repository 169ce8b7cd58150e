import { randomBytes } from "node:crypto";
import { LIMITS } from "@sotto/contract";
import type { FastifyInstance } from "fastify";
import { makePasskeys } from "./ceremony/passkeys.ts";
import { makePassphrases, makePassphraseSetup } from "./ceremony/passphrases.ts";
import { isNeutral, type ReminderSettings } from "./config/read-reminder-settings.ts";
import { makeMail } from "./delivery/mail.ts";
import { makePush, makePushKey } from "./delivery/push.ts";
import { buildApp } from "./http/app.ts";
import { startReminders } from "./jobs/remind.ts";
import { startSweeping } from "./jobs/sweep.ts";
import { checkDurability } from "./postgres/check-durability.ts";
import { checkRuntimeRole } from "./postgres/check-runtime-role.ts";
import { Hub } from "./realtime/hub.ts";
import { openLiveDoor } from "./realtime/live.ts";
import { insertSetupCode, isClaimed, rememberSecret } from "./store/attempt.ts";
import { migrate } from "./store/migrate.ts";
import { findSession } from "./store/session.ts";
import { NO_PRACTICE, Store } from "./store/store.ts";
import { sweep } from "./usecases/sweep.ts";
import { Presence } from "./steps/presence.ts";
import { RoomTurns } from "./steps/room-turns.ts";
import type { Reminding, World } from "./steps/world.ts";

export interface ServerOptions {
  /** The role of requests: no superuser, no owner, held by row security. */
  readonly databaseUrl: string;
  /** The role that owns the tables; used for migrations only. */
  readonly ownerUrl: string;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Where people reach this server, without a slash at the end. */
  readonly origin: string;
  /** The built page, or null to serve the interface for programs only. */
  readonly webFolder: string | null;
  /** What reminders go out by; when left out, by push through the services that everybody's browsers use, and by no mail. */
  readonly reminders?: ReminderSettings;
  readonly now?: () => number;
  readonly log?: (line: string) => void;
}

export interface RunningServer {
  readonly port: number;
  readonly origin: string;
  readonly isClaimed: () => Promise<boolean>;
  /** A new one-time code for setting up a practice. */
  readonly makeSetupCode: () => Promise<string>;
  /** Takes away now what has run out; it happens by itself now and then. */
  readonly sweep: () => Promise<void>;
  /** Sends the reminders that are due now; it happens by itself once a minute. */
  readonly remind: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The database is set in a way that could lose or show what it holds; the server does not start. */
export class StartFault extends Error {
  override readonly name = "StartFault";
  readonly code: "database-not-durable" | "role-too-strong";
  readonly remedies: readonly string[];
  constructor(code: StartFault["code"], remedies: readonly string[]) {
    super(`${code}: ${remedies.join(" ")}`);
    this.code = code;
    this.remedies = remedies;
  }
}

const CONNECTIONS_MAX = 20;
const CLOSE_WITHIN_MS = 2_000;

/** Starts a whole server: checks the database, migrates it, opens the doors. Throws `StartFault` for a database it may not use. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  await migrate(options.ownerUrl);
  const store = new Store(options.databaseUrl, CONNECTIONS_MAX);
  try {
    await refuseWeakDatabase(store);
    return await openDoors(store, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function refuseWeakDatabase(store: Store): Promise<void> {
  const [weak, strong] = await store.asks(
    async (client) => [await checkDurability(client), await checkRuntimeRole(client)] as const,
  );
  if (weak.length > 0)
    throw new StartFault(
      "database-not-durable",
      weak.map((refusal) => refusal.remedy),
    );
  if (strong.length > 0)
    throw new StartFault(
      "role-too-strong",
      strong.map((refusal) => refusal.remedy),
    );
}

async function openDoors(store: Store, options: ServerOptions): Promise<RunningServer> {
  const now = options.now ?? Date.now;
  const log = options.log ?? (() => undefined);
  const hub = new Hub();
  const made = await makePassphraseSetup();
  const setup = await store.write(NO_PRACTICE, (writer) =>
    rememberSecret(writer, "opaque-setup", () => made),
  );
  const reminding = await openReminding(store, options);
  const world: World = {
    store,
    turns: new RoomTurns(store),
    now,
    random: (count) => new Uint8Array(randomBytes(count)),
    passkeys: makePasskeys(options.origin),
    passphrases: await makePassphrases(setup),
    reminding,
    tell: (telling) => hub.tell(telling),
  };
  const session = (token: string) => findSession(store, token, now());
  const app = await buildApp({
    world,
    origin: options.origin,
    webFolder: options.webFolder,
    findSession: session,
    log,
  });
  const port = await listen(app, options);
  const live = openLiveDoor(app.server, { world, hub, origin: options.origin, findSession: session });
  const sweeping = startSweeping(world, log);
  const reminders = startReminders(world, log);
  return {
    port,
    origin: options.origin,
    isClaimed: () => store.read(NO_PRACTICE, isClaimed),
    makeSetupCode: () =>
      store.write(NO_PRACTICE, (writer) => insertSetupCode(writer, now() + LIMITS.setupCodeAgeMs)),
    sweep: () => sweep(world),
    remind: () => reminders.run(),
    close: async () => {
      sweeping.close();
      await reminders.close();
      reminding.mail?.close();
      live.close();
      await closeApp(app);
      await store.close();
    },
  };
}

/** The key of this server's pushes is made once and kept: browsers tie their subscriptions to it. */
async function openReminding(store: Store, options: ServerOptions): Promise<Reminding> {
  const { mail, pushHosts } = options.reminders ?? { mail: null, pushHosts: [] };
  const made = await makePushKey();
  const key = await store.write(NO_PRACTICE, (writer) => rememberSecret(writer, "push-key", () => made));
  const subject = options.origin.replace(/^http:/, "https:");
  const push = await makePush({ key, subject, hosts: pushHosts, now: options.now ?? Date.now });
  return {
    mail: mail === null ? null : makeMail(mail),
    push,
    link: isNeutral(options.origin) ? `${options.origin}/` : null,
    presence: new Presence(),
  };
}

/** Answers what has been asked, for a moment; a connection that is merely kept open would hold the server up for a minute. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const impatience = setTimeout(() => app.server.closeAllConnections(), CLOSE_WITHIN_MS);
  await app.close();
  clearTimeout(impatience);
}

async function listen(app: FastifyInstance, { host, port }: ServerOptions): Promise<number> {
  await app.listen({ host, port, backlog: 4096 });
  const address = app.server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}
