import { randomBytes } from "node:crypto";
import { LIMITS } from "@sotto/contract";
import type { FastifyInstance } from "fastify";
import { openFolderBlobs } from "./blobs/folder-blobs.ts";
import type { OpenBus } from "./bus/bus.ts";
import { Exchange } from "./bus/exchange.ts";
import { makeMarkKey, makeMarks } from "./ceremony/marks.ts";
import { makePasskeys } from "./ceremony/passkeys.ts";
import { makePassphrases, makePassphraseSetup } from "./ceremony/passphrases.ts";
import { countsNobody } from "./config/read-config.ts";
import type { LimitSettings } from "./config/read-limit-settings.ts";
import { isNeutral, type ReminderSettings } from "./config/read-reminder-settings.ts";
import { makeMail } from "./delivery/mail.ts";
import { makePush, makePushKey } from "./delivery/push.ts";
import { buildApp } from "./http/app.ts";
import { makeAddressReader } from "./http/client-address.ts";
import { rawAnswer } from "./http/headers.ts";
import { faultLine, requestLine, type LineForm } from "./http/request-line.ts";
import type { Meters } from "./metrics/meters.ts";
import { startReminders } from "./jobs/remind.ts";
import { startSweeping } from "./jobs/sweep.ts";
import { checkDurability } from "./postgres/check-durability.ts";
import { checkRuntimeRole } from "./postgres/check-runtime-role.ts";
import { Follower } from "./realtime/follower.ts";
import { hintOf } from "./realtime/hint-of.ts";
import { Hub } from "./realtime/hub.ts";
import { openLiveDoor } from "./realtime/live.ts";
import { Lookout } from "./realtime/lookout.ts";
import { isClaimed, rememberSecret } from "./store/attempt.ts";
import { examinePage } from "./operator/examine-page.ts";
import { grantsFault, listenFault, newerData } from "./operator/start-faults.ts";
import { migrate, NewerData } from "./store/migrate.ts";
import { findSession, SessionDoors } from "./store/session.ts";
import { isForbidden, NO_PRACTICE, Store } from "./store/store.ts";
import { logBuild } from "./usecases/log-build.ts";
import { makeSetupCode } from "./usecases/make-setup-code.ts";
import { sweep } from "./usecases/sweep.ts";
import { sweepFiles } from "./usecases/sweep-files.ts";
import { beginEvenNo } from "./steps/even-no.ts";
import { Limiter } from "./steps/limiter.ts";
import { Presence } from "./steps/presence.ts";
import { RoomTurns } from "./steps/room-turns.ts";
import type { Reminding, Telling, World } from "./steps/world.ts";

export { REFUSE_AFTER_MS } from "./steps/even-no.ts";

export interface ServerOptions {
  /** The role of requests: no superuser, no owner, held by row security. */
  readonly databaseUrl: string;
  /** The role that owns the tables; used for migrations only. */
  readonly ownerUrl: string;
  /** Where the sealed bytes of files are kept. */
  readonly filesFolder: string;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Where people reach this server, without a slash at the end. */
  readonly origin: string;
  /** The built page, or null to serve the interface for programs only. */
  readonly webFolder: string | null;
  /** What reminders go out by; when left out, by push through the services that everybody's browsers use, and by no mail. */
  readonly reminders?: ReminderSettings;
  /** When left out, nobody has to wait: whoever tries or measures a server comes from one address. The command line always says it. */
  readonly limits?: LimitSettings;
  /** What every no takes, in milliseconds; 0 when left out, for tests that ask a thousand times for what they may not have. The command line always says it. */
  readonly refuseAfterMs?: number;
  readonly now?: () => number;
  /** Hears one line for each request and each fault: codes and opaque ids only. */
  readonly log?: (line: string) => void;
  /** How those lines look. */
  readonly logForm?: LineForm;
  readonly meters?: Meters;
  /** How it hears of what other processes on the same database commit; left out, it is the only one. */
  readonly bus?: OpenBus;
}

export interface RunningServer {
  readonly port: number;
  readonly origin: string;
  /** True when the page that it gives is signed: browsers then notice when it is changed. */
  readonly hasSignedPage: boolean;
  readonly isClaimed: () => Promise<boolean>;
  /** A new one-time code for setting up a practice. */
  readonly makeSetupCode: () => Promise<string>;
  /** Takes away now what has run out; it happens by itself now and then. */
  readonly sweep: () => Promise<void>;
  /** What its queues and connections are like at this moment. */
  readonly counts: () => ServerCounts;
  /** Sends the reminders that are due now; it happens by itself once a minute. */
  readonly remind: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ServerCounts {
  readonly liveConnections: number;
  /** Rooms in which something is being appended. */
  readonly busyRooms: number;
  /** Frames that wait to be stored together. */
  readonly waitingFrames: number;
  readonly database: { readonly open: number; readonly idle: number; readonly waiting: number };
}

/** The database is set in a way that could lose or show what it holds; the server does not start. */
export class StartFault extends Error {
  override readonly name = "StartFault";
  readonly code: "database-not-durable" | "role-too-strong";
  readonly remedy: string;
  constructor(code: StartFault["code"], remedies: readonly string[]) {
    super(
      code === "database-not-durable"
        ? "The database is set so that a power cut could take what was acknowledged."
        : "The role that requests run as could step around row security.",
    );
    this.code = code;
    this.remedy = remedies.join(" ");
  }
}

const CONNECTIONS_MAX = 20;
const CLOSE_WITHIN_MS = 2_000;

/** Ends something that was begun. */
type Ending = () => void | Promise<void>;

/** Starts a whole server: checks the database, migrates it, opens the doors. Throws `StartFault` for a database it may not use. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  await bringUpToDate(options.ownerUrl);
  const store = new Store(options.databaseUrl, CONNECTIONS_MAX);
  const endings: Ending[] = [() => store.close()];
  try {
    await refuseWeakDatabase(store);
    return await openDoors(store, options, endings);
  } catch (error) {
    await endAll(endings);
    throw isForbidden(error) ? grantsFault(error) : error;
  }
}

async function bringUpToDate(ownerUrl: string): Promise<void> {
  try {
    await migrate(ownerUrl);
  } catch (error) {
    if (error instanceof NewerData) throw newerData(error);
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

/** What was begun last is ended first. */
async function endAll(endings: readonly Ending[]): Promise<void> {
  for (const end of endings.toReversed()) await end();
}

/** Puts into `endings` what has to be ended, whether it comes to its end or not. */
async function openDoors(store: Store, options: ServerOptions, endings: Ending[]): Promise<RunningServer> {
  const now = options.now ?? Date.now;
  const { log = () => undefined, logForm = "text", meters } = options;
  const limits = options.limits ?? { proxies: [], times: null };
  const hub = new Hub();
  const made = await makePassphraseSetup();
  const setup = await store.write(NO_PRACTICE, (writer) =>
    rememberSecret(writer, "opaque-setup", () => made),
  );
  const markKey = await store.write(NO_PRACTICE, (writer) => rememberSecret(writer, "mark-key", makeMarkKey));
  const reminding = await openReminding(store, options);
  endings.push(() => reminding.mail?.close());
  const signed = options.webFolder === null ? null : await examinePage(options.webFolder);
  const world: World = {
    store,
    blobs: await openFolderBlobs(options.filesFolder, { isShared: options.bus !== undefined }),
    turns: new RoomTurns(store),
    now,
    random: (count) => new Uint8Array(randomBytes(count)),
    passkeys: makePasskeys(options.origin),
    passphrases: await makePassphrases(setup),
    marks: makeMarks(markKey),
    limiter: new Limiter(limits.times, now),
    beginNo: () => beginEvenNo(options.refuseAfterMs ?? 0),
    reminding,
    build:
      signed === null
        ? null
        : { builder: signed.builder, manifest: signed.manifest.hash, number: signed.manifest.number },
    tell: (telling) => tell(telling),
  };
  await logBuild(world);
  const lookout = new Lookout(world, hub);
  endings.push(() => lookout.close());
  const follower = new Follower(world, hub, lookout);
  // Before anybody is let in: what others commit from here on is heard.
  const exchange = await openExchange(store, options, { follower, lookout, log });
  endings.push(() => exchange?.close());
  const tell = (telling: Telling): void => {
    if (telling.kind === "stored") follower.follow([hintOf(telling)]);
    else hub.tell(telling);
    exchange?.tell(hintOf(telling));
  };
  const doors = new SessionDoors();
  const session = (token: string) =>
    findSession(store, token, { doors, now: now(), seenStepMs: LIMITS.sessionSeenStepMs });
  const addressOf = makeAddressReader(limits.proxies, {
    countsNobody: countsNobody({ limits, origin: options.origin }),
  });
  const app = await buildApp({
    world,
    origin: options.origin,
    webFolder: options.webFolder,
    addressOf,
    findSession: session,
    seen: (request) => {
      log(requestLine(request, logForm));
      meters?.requested(request.endpoint, request.status);
      if (request.endpoint === "appendFrame" && request.status === 200) meters?.appended(request.ms / 1000);
    },
    fault: (code, id) => log(faultLine(code, id, logForm)),
  });
  endings.push(() => closeApp(app));
  const port = await listen(app, options);
  const live = openLiveDoor(app.server, {
    world,
    hub,
    origin: options.origin,
    notHere: rawAnswer("404 Not Found", options.origin, { refusal: "not-here" }),
    networkOf: ({ headers, socket }) => addressOf(socket.remoteAddress, headers["x-forwarded-for"]),
    // A custodian reads what it has opened, and waits for nothing.
    findSession: async (token) => {
      const found = await session(token);
      return found?.standing === "custodian" ? null : found;
    },
    appended: (seconds) => meters?.appended(seconds),
  });
  endings.push(() => live.close());
  const sweeping = startSweeping(world, log);
  endings.push(() => sweeping.close());
  const reminders = startReminders(world, log);
  endings.push(() => reminders.close());
  return {
    port,
    origin: options.origin,
    hasSignedPage: signed !== null,
    isClaimed: () => store.read(NO_PRACTICE, isClaimed),
    makeSetupCode: () => makeSetupCode(world),
    sweep: async () => {
      await sweep(world);
      await sweepFiles(world);
    },
    remind: () => reminders.run(),
    counts: () => {
      const { frames, rooms } = world.turns.counts();
      return {
        liveConnections: live.count(),
        busyRooms: rooms,
        waitingFrames: frames,
        database: store.counts(),
      };
    },
    close: () => endAll(endings),
  };
}

/** The processes of one database find each other by a name that they keep there: nobody else's hints are heard. */
async function openExchange(
  store: Store,
  { bus }: ServerOptions,
  parts: {
    readonly follower: Follower;
    readonly lookout: Lookout;
    readonly log: (line: string) => void;
  },
): Promise<Exchange | null> {
  if (bus === undefined) return null;
  const { follower, log, lookout } = parts;
  const made = randomBytes(16).toString("hex");
  const name = await store.write(NO_PRACTICE, (writer) => rememberSecret(writer, "bus-name", () => made));
  return Exchange.open(bus, name, {
    heard: (hints) => follower.follow(hints),
    missed: () => lookout.missed(),
    turned: (isThere) => log(isThere ? "bus back" : "fault bus-away"),
  });
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
  try {
    await app.listen({ host, port, backlog: 4096 });
  } catch (error) {
    throw listenFault(error, host, port);
  }
  const address = app.server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}
