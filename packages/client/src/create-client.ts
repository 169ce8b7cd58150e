import type { AccountId, FactorId, PracticeId, RoomId } from "@sotto/domain";
import { emptyVaultState, fromBase64Url, renewalOwedSince, wipe, wipeVaultState } from "@sotto/vault";
import type { LogGossip } from "@sotto/vault";
import { admitAccepted } from "./actions/admit.ts";
import type { InvitationLines } from "./actions/admit.ts";
import { makeBuildActions } from "./actions/builds.ts";
import { makeCustodianActions } from "./actions/custodian.ts";
import { makeDeviceActions } from "./actions/devices.ts";
import { makeFileActions } from "./actions/files.ts";
import { isSheetProved, listFactors, makeFactorActions, noteSheetSpent } from "./actions/factors.ts";
import { makeClosingActions } from "./actions/close-family.ts";
import { makeFamilyActions } from "./actions/families.ts";
import { lendMark } from "./local/signing-mark.ts";
import { makeAgreementActions } from "./actions/agreement/agreement.ts";
import { makeReminderActions } from "./actions/reminders.ts";
import { makePreferenceActions, undoSecondsOf } from "./actions/preferences.ts";
import { makeRetentionActions } from "./actions/retention.ts";
import { makeTemplateActions } from "./actions/templates.ts";
import { makeSearchActions } from "./actions/search.ts";
import { makeLookActions } from "./actions/second-look.ts";
import { makeHandOverActions } from "./actions/hand-over.ts";
import { makeLeaveActions } from "./actions/leave.ts";
import { makeStaffActions } from "./actions/staff.ts";
import { makeTalkActions } from "./actions/talk.ts";
import { makeRehearseActions, isSheetDue } from "./actions/rehearse.ts";
import { makeTrustActions } from "./actions/trust.ts";
import { createApi } from "./api.ts";
import type { Api } from "./api.ts";
import type {
  Actions,
  Client,
  Done,
  FactorView,
  RemindersView,
  RoomSpan,
  RoomView,
  SessionView,
  SignInChoice,
  Views,
} from "./client.ts";
import { answering, DONE, done, refused } from "./done.ts";
import { afterAllRooms, unlocked } from "./actions/unlocked.ts";
import { renewSeats } from "./actions/change-room.ts";
import { olderLocalKeys } from "./local/vault-keys.ts";
import { closedSession } from "./glance.ts";
import { openHome } from "./home.ts";
import type { Home, Person } from "./home.ts";
import { makeId, toId } from "./ids.ts";
import { readBoot, writeBoot } from "./local/boot.ts";
import type { BootRecord } from "./local/boot.ts";
import { Kept } from "./local/kept.ts";
import { writeMark } from "./local/mark.ts";
import { joinVaults, keptVault } from "./local/known-vault.ts";
import type { KnownVault } from "./local/known-vault.ts";
import { memoryStore } from "./memory-ports.ts";
import type { Ports } from "./ports.ts";
import { agreementLines, agreementView } from "./queries/agreement-view.ts";
import { endedRooms } from "./queries/ended.ts";
import { practiceView } from "./queries/practice-view.ts";
import { familyLines, familyView, roomLines, roomView } from "./queries/views.ts";
import type { Scene } from "./queries/views.ts";
import { Watchers } from "./queries/watchers.ts";
import { makeLine } from "./serial.ts";
import type { Line } from "./serial.ts";
import { enrol } from "./sign-in/enrol.ts";
import { IdleLock } from "./sign-in/idle-lock.ts";
import { checkInvitation, joinByInvitation } from "./sign-in/invitation.ts";
import { openAccount } from "./sign-in/open-account.ts";
import type { OpenedAccount } from "./sign-in/open-account.ts";
import { makePassphrase } from "./sign-in/passphrase.ts";
import { copyOfAccount, Securing, wipeAccount } from "./sign-in/securing.ts";
import type { AccountKeys } from "./sign-in/securing.ts";
import { pinGeneration, pinKeys } from "./sign-in/pin-keys.ts";
import { wipeRoom } from "./sync/ending.ts";

const homes = new WeakMap<Client, () => Home | null>();

/** What is open in a client; null while it is locked. For what the tests do that no action does. */
export function homeOf(client: Client): Home | null {
  return homes.get(client)?.() ?? null;
}

/** The headless client of one person on one device. Nothing happens before `start`. */
export function createClient(ports: Ports): Client {
  const running = new Running(ports);
  homes.set(running.client, () => running.home);
  return running.client;
}

type SessionActions = Pick<
  Actions,
  | "makePassphrase"
  | "checkSetupCode"
  | "setUp"
  | "seeInvitation"
  | "join"
  | "signIn"
  | "lock"
  | "leave"
  | "forgetDevice"
  | "touch"
>;

type SecuringActions = Pick<Actions, "beginSecuring" | "proveWay" | "finishSecuring">;

/** In which way somebody comes in. */
interface Coming {
  readonly choice: SignInChoice;
  readonly locks: number;
  /** Where what they keep goes: to this device, or into memory alone. */
  readonly ports: Ports;
}

const KEEP_EVERY_MS = 30_000;
const SECURE_TRIES = 4;

class Running {
  readonly #ports: Ports;
  readonly #api: Api;
  readonly #watchers = new Watchers();
  /** Who watches how far files have come. */
  readonly #moving = new Watchers();
  readonly #kept: Kept;
  readonly #idle: IdleLock;
  /** Coming in takes turns: two taps on one button never make two accounts of one device. */
  readonly #door: Line = makeLine();
  #boot: BootRecord | null = null;
  /** How whoever is in came in; of somebody who wants nothing kept, nothing else remembers it. */
  #cameBy: BootRecord | null = null;
  #isStarted = false;
  #isClosed = false;
  #claimed = true;
  #open: Home | null = null;
  #invitations: InvitationLines = [];
  #factors: readonly FactorView[] = [];
  #reminders: RemindersView | null = null;
  #keptAt = 0;
  /** Counts locks, so that one that falls while somebody is coming in is not overtaken by their coming in. */
  #locks = 0;
  /** Somebody who is in begins anew. */
  #securing: Securing | null = null;
  /** The end of the last session, as far as the server has heard of it. */
  #ending: Promise<void> = Promise.resolve();
  readonly client: Client;

  get home(): Home | null {
    return this.#open;
  }

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#api = createApi(ports);
    this.#kept = new Kept(ports);
    this.#idle = new IdleLock({
      afterMs: ports.idleLockAfterMs,
      now: ports.now,
      lock: () => this.#lockNow(),
    });
    const home = () => this.#open;
    const listed = (factors: readonly FactorView[]) => {
      this.#factors = factors;
      this.#watchers.changed();
    };
    const reminded = (reminders: RemindersView) => {
      this.#reminders = reminders;
      this.#watchers.changed();
    };
    this.client = {
      actions: {
        ...this.#sessionActions(),
        ...makeFactorActions(home, listed),
        ...makeReminderActions(home, reminded),
        ...afterAllRooms(home, makeFamilyActions(home)),
        ...makeDeviceActions(home),
        ...makeLookActions(home),
        ...afterAllRooms(home, makeStaffActions(home)),
        ...afterAllRooms(home, makeCustodianActions(home)),
        ...afterAllRooms(home, makeHandOverActions(home)),
        ...afterAllRooms(home, makeLeaveActions(home)),
        ...afterAllRooms(home, makeClosingActions(home)),
        ...afterAllRooms(home, makeRetentionActions(home)),
        ...afterAllRooms(home, makeAgreementActions(home)),
        ...afterAllRooms(home, makeTemplateActions(home)),
        ...makeTalkActions(home),
        ...makeSearchActions(home),
        ...makePreferenceActions(home),
        ...makeBuildActions(home),
        ...makeFileActions(home),
        ...afterAllRooms(home, makeTrustActions(home)),
        ...makeRehearseActions(home),
        ...this.#securingActions(),
      },
      watch: (name, callback) =>
        (name === "transfers" ? this.#moving : this.#watchers).add(() => this.#view(name), callback),
      watchRoom: (room, callback, span) => this.#watchRoom(room, callback, span),
      watchFamily: (family, callback) =>
        this.#watchers.add(() => this.#seen((scene) => familyView(scene, family)), callback),
      watchAgreement: (family, callback) =>
        this.#watchers.add(() => this.#seen(({ home: at }) => agreementView(at, family)), callback),
      start: () => this.#start(),
      close: () => this.#close(),
    };
  }

  #sessionActions(): SessionActions {
    const ports = this.#ports;
    // One person, one device account: a guardian's device never becomes the teenager's (peers.md).
    const comingIn = (
      choice: SignInChoice,
      open: () => Promise<Done<OpenedAccount>>,
      at = ports,
    ): Promise<Done> =>
      this.#door(() =>
        answering(async () => {
          if (this.#open !== null) return refused("already-signed-in");
          const locks = this.#locks;
          const opened = await open();
          return opened.kind === "refused" ? opened : this.#enter(opened.value, { choice, locks, ports: at });
        }),
      );
    return {
      makePassphrase: (wordList) => makePassphrase(wordList, ports.random),
      checkSetupCode: async (code) => {
        const answer = await this.#api("checkSetupCode", { body: { code } }, null);
        return answer.kind === "refused" ? answer : DONE;
      },
      setUp: async (wish) => {
        if (this.#boot !== null) return refused("device-in-use");
        return comingIn(wish.factor, () => this.#setUp(wish));
      },
      seeInvitation: async (fragment) => {
        const checked = await checkInvitation(this.#api, fragment, this.#open?.person.session.token ?? null);
        return checked.kind === "refused" ? checked : done(checked.value.parsed.words);
      },
      join: async (wish) => {
        if (this.#boot !== null) return refused("device-in-use");
        return comingIn(wish.factor, () => joinByInvitation(this.#api, ports, wish));
      },
      signIn: async (choice, wish) => {
        const lent = memoryStore();
        const at = wish?.keepNothing === true ? { ...ports, store: lent, keeper: null } : ports;
        if (at !== ports) await lendMark(ports.store, lent);
        return comingIn(choice, () => openAccount(this.#api, ports, choice), at);
      },
      lock: () => {
        // They lock by hand: what is on the screen they have seen.
        this.#open?.presence.leave();
        return this.#lock();
      },
      leave: () => {
        this.#open?.presence.leave();
        return this.#lock({ isWaiting: true });
      },
      forgetDevice: () => this.#forgetDevice(),
      touch: () => this.#touch(),
    };
  }

  #securingActions(): SecuringActions {
    const begun = (): Securing | null => (this.#securing?.home === this.#open ? this.#securing : null);
    return {
      beginSecuring: () =>
        unlocked(
          () => this.#open,
          async (home) => {
            this.#securing?.forget();
            this.#securing = new Securing(home);
            return done({ code: this.#securing.code });
          },
        ),
      proveWay: (choice) => answering(async () => (await begun()?.prove(choice)) ?? refused("locked")),
      finishSecuring: (typed) =>
        this.#door(() =>
          answering(async () => {
            const at = begun();
            const finished = at === null ? refused("locked") : await this.#secure(at, typed);
            if (finished.kind === "done") this.#forgetSecuring();
            return finished;
          }),
        ),
    };
  }

  #forgetSecuring(): void {
    this.#securing?.forget();
    this.#securing = null;
  }

  /**
   * The account goes quiet, everything is replaced in one request, and it is opened again with what is new; or, when it was refused or
   * nobody answered, with what it had. Every session ends by that request, so an answer that was lost leaves somebody who signs in with
   * a way that they have just proved. A lock at any moment of it stays a lock.
   */
  async #secure(securing: Securing, typed: string, tries = SECURE_TRIES): Promise<Done> {
    const { home } = securing;
    const locks = this.#locks;
    const isWanted = () => this.#locks === locks;
    const read = await home.vault.refresh();
    const written = read.kind === "refused" ? read : await home.vault.flush();
    if (written.kind === "refused") return written;
    if (!isWanted()) return refused("locked");
    const held = copyOfAccount(home);
    // Whatever of these nobody has been signed in with in the end is wiped.
    const loose = new Set<AccountKeys>([held]);
    try {
      const prepared = await securing.prepare(typed, held);
      if (prepared.kind === "refused") return prepared;
      const { body, fresh } = prepared.value;
      loose.add(fresh);
      if (!isWanted()) return refused("locked");
      const { person } = home;
      home.close();
      const answer = await this.#api("secureAccount", { body }, person.session.token);
      const at = { ports: home.ports, cameBy: this.#cameBy, heldPin: null, isWanted };
      if (answer.kind === "refused") {
        const again = await this.#unlock(
          { ...person, vaultKey: held.vaultKey },
          { ...at, vault: held.vault },
        );
        if (again === null) return refused("locked");
        loose.delete(held);
        shut(home);
        securing.goOn(again);
        // Another browser of this person has written the vault meanwhile: what it wrote is taken in.
        const isStale = answer.refusal === "stale-version" && tries > 1;
        return isStale ? this.#secure(securing, typed, tries - 1) : answer;
      }
      const { factor, token } = answer.value;
      const session = { token, factor: toId<FactorId>(factor) };
      const next = await this.#unlock(
        { ...person, vaultKey: fresh.vaultKey, session },
        { ...at, vault: fresh.vault },
      );
      if (next === null) {
        shut(home);
        void this.#signOut(token);
        return refused("locked");
      }
      loose.delete(fresh);
      shut(home);
      next.shownWay.show();
      await pinGeneration(next);
      await this.#keep(next);
      return DONE;
    } finally {
      for (const keys of loose) wipeAccount(keys);
    }
  }

  #setUp(wish: Parameters<Actions["setUp"]>[0]): Promise<Done<OpenedAccount>> {
    const [displayName, practiceName] = [wish.myName.trim(), wish.practiceName.trim()];
    if (displayName === "" || practiceName === "") return Promise.resolve(refused("empty"));
    const practice = makeId<PracticeId>(this.#ports.random);
    return enrol(this.#api, this.#ports, {
      door: { kind: "setup", code: wish.code, practice },
      factor: wish.factor,
      start: { displayName, practiceName, contacts: [] },
      accept: null,
    });
  }

  async #enter(opened: OpenedAccount, { choice, locks, ports }: Coming): Promise<Done> {
    const { serverKey, signedIn, vault, vaultKey } = opened;
    const person: Person = {
      account: toId<AccountId>(signedIn.account),
      practice: toId<PracticeId>(signedIn.practice),
      standing: signedIn.standing,
      session: { token: signedIn.token, factor: toId<FactorId>(signedIn.factor) },
      vaultKey,
    };
    const lastSignInName = choice.kind === "passphrase" ? choice.name : null;
    const boot = { account: person.account, lastFactor: choice.kind, lastSignInName };
    await writeBoot(ports.store, boot);
    await writeMark(ports.store, signedIn.mark);
    // Said only now, so that nobody who is just coming in is taken for somebody who was here before.
    const held = await keptVault(ports, person, olderLocalKeys(vault.state));
    const home = await this.#unlock(person, {
      ports,
      cameBy: boot,
      vault: joinVaults(held, vault),
      heldPin: held?.state.logPin ?? null,
      isWanted: () => this.#locks === locks,
      // Whoever comes in by their sheet is told first of all that it is used up.
      opened: (home) => {
        home.shownWay.show();
        if (choice.kind === "recovery") noteSheetSpent(home);
      },
    }).finally(() => {
      if (ports === this.#ports) this.#boot = boot;
    });
    if (home === null) {
      this.#watchers.changed();
      void this.#signOut(signedIn.token);
      return refused("locked");
    }
    await pinGeneration(home);
    await pinKeys(home, { logKey: fromBase64Url(signedIn.logKey), serverKey });
    await this.#keep(home);
    return DONE;
  }

  /** Null when the client was closed or locked meanwhile. */
  async #unlock(
    person: Person,
    {
      cameBy,
      heldPin,
      isWanted,
      opened,
      ports,
      vault,
    }: {
      readonly ports: Ports;
      readonly cameBy: BootRecord | null;
      readonly vault: KnownVault;
      readonly heldPin: LogGossip | null;
      readonly isWanted: () => boolean;
      /** Done to the account before anybody sees it. */
      readonly opened?: (home: Home) => void;
    },
  ): Promise<Home | null> {
    const home = await openHome({
      ports,
      api: this.#api,
      person,
      vault,
      heldPin,
      changed: this.#watchers.changed,
      moved: this.#moving.changed,
      ended: () => this.#lockNow(),
      renewed: (open) => void this.#keep(open).catch(() => null),
      mayAdmit: async (open) => {
        const factors = await listFactors(open);
        if (factors.kind === "done") this.#factors = factors.value;
        this.#invitations = await admitAccepted(open);
        this.#watchers.changed();
        await renewSeats(open);
      },
    });
    if (this.#isClosed || !isWanted()) {
      shut(home);
      return null;
    }
    opened?.(home);
    this.#open = home;
    this.#cameBy = cameBy;
    this.#claimed = true;
    home.connect();
    this.#idle.begin();
    this.#watchers.changed();
    return home;
  }

  async #start(): Promise<void> {
    this.#boot = await readBoot(this.#ports.store);
    // Whoever cannot be taken up as they were left signs in again; nothing of theirs is touched.
    await this.#resume().catch(() => this.#kept.forget());
    this.#isStarted = true;
    this.#watchers.changed();
    const health = await answering(() => this.#api("health", {}, null));
    if (health.kind === "done") this.#claimed = health.value.claimed;
    this.#watchers.changed();
  }

  async #resume(): Promise<void> {
    const kept = await this.#kept.read();
    const vault = kept === null ? null : await keptVault(this.#ports, kept);
    if (kept === null || vault === null) return;
    const locks = this.#locks;
    const isWanted = () => this.#locks === locks;
    await this.#door(() =>
      this.#unlock(kept, { ports: this.#ports, cameBy: this.#boot, vault, heldPin: null, isWanted }),
    );
  }

  async #lock({ isWaiting } = { isWaiting: false }): Promise<void> {
    this.#locks++;
    const open = this.#leave();
    if (open !== null) this.#ending = this.#signOut(open.person.session.token);
    await this.#kept.forget();
    if (isWaiting) await this.#ending;
  }

  /** Best effort: without a network the session ends by its age. */
  async #signOut(token: string): Promise<void> {
    await this.#api("signOut", { body: {} }, token).catch(() => null);
  }

  async #forgetDevice(): Promise<Done> {
    const open = this.#open;
    await this.#lock();
    // What was on its way to this device arrives before it is removed.
    await open?.local.settled();
    const { store } = this.#ports;
    const keys = await store.list("");
    await store.write(keys.map((key) => ({ key, value: null })));
    this.#boot = null;
    this.#watchers.changed();
    return DONE;
  }

  #watchRoom(room: RoomId, callback: (view: RoomView | null) => void, span?: RoomSpan): () => void {
    const stopLooking = this.#open?.looks.watch(room);
    const look = (scene: Scene): RoomView | null => {
      // Whoever looks at a room does not wait until its turn comes.
      if (scene.home.rooms.get(room) === null) this.#openRoom(scene.home, room);
      return roomView(scene, room, span);
    };
    const stop = this.#watchers.add(() => this.#seen(look), callback);
    return () => {
      stop();
      stopLooking?.();
    };
  }

  #openRoom({ rooms }: Home, room: RoomId): void {
    void rooms
      .opened(room)
      .then((opened) => {
        if (opened !== null) this.#watchers.changed();
      })
      // What cannot be read from this device now is tried again in its turn.
      .catch(() => null);
  }

  /** Locks where nobody waits for it. Keys are gone from memory at once; what is kept, as soon as the device lets go of it. */
  #lockNow(): void {
    void this.#lock().catch(() => null);
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    this.#leave();
    this.#watchers.close();
    this.#moving.close();
  }

  #leave(): Home | null {
    const open = this.#open;
    if (open === null) return null;
    this.#open = null;
    this.#cameBy = null;
    this.#forgetSecuring();
    this.#idle.stop();
    this.#factors = [];
    this.#reminders = null;
    this.#invitations = [];
    shut(open);
    this.#watchers.changed();
    this.#moving.changed();
    return open;
  }

  #touch(): void {
    const open = this.#open;
    if (open === null || !this.#idle.touch()) return;
    open.presence.touch();
    if (this.#ports.now() - this.#keptAt > KEEP_EVERY_MS) void this.#keep(open).catch(() => null);
  }

  async #keep(home: Home): Promise<void> {
    if (home.ports !== this.#ports) return;
    this.#keptAt = this.#ports.now();
    await this.#kept.keep(home.person, () => this.#open === home);
  }

  #seen<View>(look: (scene: Scene) => View): View | null {
    return this.#open === null ? null : look({ home: this.#open, invitations: this.#invitations });
  }

  #view<Name extends keyof Views>(name: Name): Views[Name] {
    const views: { readonly [Key in keyof Views]: () => Views[Key] } = {
      session: () => this.#session(),
      preferences: () => ({ undoSeconds: undoSecondsOf(this.#open?.vault.state ?? emptyVaultState()) }),
      rooms: () => this.#seen(roomLines) ?? [],
      families: () => this.#seen(familyLines) ?? [],
      factors: () => this.#factors,
      devices: () => this.#open?.devices.list ?? [],
      reminders: () => this.#reminders,
      ended: () => this.#seen(endedRooms) ?? [],
      alarms: () => this.#open?.alarms.list ?? [],
      agreements: () => this.#seen(({ home }) => agreementLines(home)) ?? [],
      transfers: () => this.#open?.files.transfers.all ?? [],
      practice: () => this.#seen(practiceView),
    };
    return views[name]();
  }

  #session(): SessionView {
    const home = this.#open;
    const closed = { ...closedSession(this.#boot), claimed: this.#claimed };
    if (home === null) return this.#isStarted ? closed : { ...closed, state: "starting" };
    return {
      ...closedSession(this.#cameBy),
      claimed: this.#claimed,
      state: "unlocked",
      online: home.isOnline(),
      joining: home.isJoining(),
      inStep: home.isInStep(),
      account: home.person.account,
      standing: home.person.standing,
      displayName: home.vault.state.displayName,
      practiceName: home.vault.state.practiceName,
      sheetProved: isSheetProved(home),
      keepsNothing: home.ports !== this.#ports,
      sheetDue: isSheetDue(home),
      keysRenewedAt: home.vault.state.renewedAt,
      keysOwedSince: renewalOwedSince(home.vault.state),
      hasBeenInRooms: home.vault.state.heads.length > 0,
    };
  }
}

/** Ends everything of an account that was open, and wipes its keys from memory. */
function shut(home: Home): void {
  const { state } = home.vault;
  home.close();
  wipe(home.person.vaultKey);
  wipeVaultState(state);
  for (const memory of home.rooms.held) wipeRoom(memory);
}
