import type { AccountId, PracticeId } from "@sotto/domain";
import { equalBytes, fromBase64Url, wipe } from "@sotto/vault";
import { admitAccepted } from "./actions/admit.ts";
import type { InvitationLines } from "./actions/admit.ts";
import { isSheetProved, listFactors, makeFactorActions, noteSheetUsed } from "./actions/factors.ts";
import { makeFamilyActions } from "./actions/families.ts";
import { Desk, makeTalkActions } from "./actions/talk.ts";
import { createApi } from "./api.ts";
import type { Api } from "./api.ts";
import type { Actions, Client, Done, FactorView, SessionView, SignInChoice, Views } from "./client.ts";
import { DONE, done, refused } from "./done.ts";
import { openHome } from "./home.ts";
import type { Home, Person } from "./home.ts";
import { makeId, toId } from "./ids.ts";
import { readBoot, writeBoot } from "./local/boot.ts";
import type { BootRecord } from "./local/boot.ts";
import { forgetKept, keepPerson, readKept } from "./local/kept.ts";
import { LocalRecords } from "./local/records.ts";
import type { Ports } from "./ports.ts";
import { familyLines, familyView, roomLines, roomView } from "./queries/views.ts";
import type { Scene } from "./queries/views.ts";
import { Watchers } from "./queries/watchers.ts";
import { enrol } from "./sign-in/enrol.ts";
import { checkInvitation, joinByInvitation } from "./sign-in/invitation.ts";
import { openAccount } from "./sign-in/open-account.ts";
import type { OpenedAccount } from "./sign-in/open-account.ts";
import { makePassphrase } from "./sign-in/passphrase.ts";
import { loadVault } from "./sync/vault-keeper.ts";
import type { KnownVault } from "./sync/vault-keeper.ts";
import { localKey } from "@sotto/vault";

/** The headless client of one person on one device. Nothing happens before `start`. */
export function createClient(ports: Ports): Client {
  return new Running(ports).client;
}

type SessionActions = Pick<
  Actions,
  "makePassphrase" | "checkSetupCode" | "setUp" | "seeInvitation" | "join" | "signIn" | "lock" | "touch"
>;

const KEEP_EVERY_MS = 30_000;

class Running {
  readonly #ports: Ports;
  readonly #api: Api;
  readonly #watchers = new Watchers();
  #boot: BootRecord | null = null;
  #isStarted = false;
  #claimed = true;
  #open: { readonly home: Home; readonly desk: Desk } | null = null;
  #invitations: InvitationLines = [];
  #factors: readonly FactorView[] = [];
  #idle: ReturnType<typeof setTimeout> | null = null;
  #keptAt = 0;
  readonly client: Client;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#api = createApi(ports);
    const home = () => this.#open?.home ?? null;
    const listed = (factors: readonly FactorView[]) => {
      this.#factors = factors;
      this.#watchers.changed();
    };
    const actions: Actions = {
      ...this.#sessionActions(),
      ...makeFactorActions(home, listed),
      ...makeFamilyActions(home),
      ...makeTalkActions(() => this.#open),
    };
    this.client = {
      actions,
      watch: (name, callback) => this.#watchers.add(() => this.#view(name), callback),
      watchRoom: (room, callback) =>
        this.#watchers.add(() => this.#seen((scene) => roomView(scene, room)), callback),
      watchFamily: (family, callback) =>
        this.#watchers.add(() => this.#seen((scene) => familyView(scene, family)), callback),
      start: () => this.#start(),
      close: () => this.#close(),
    };
  }

  #sessionActions(): SessionActions {
    const ports = this.#ports;
    return {
      makePassphrase: (wordList) => makePassphrase(wordList, ports.random),
      checkSetupCode: async (code) => {
        const answer = await this.#api("checkSetupCode", { body: { code } }, null);
        return answer.kind === "refused" ? answer : DONE;
      },
      setUp: async (wish) => {
        if (this.#boot !== null) return refused("device-in-use");
        if (wish.myName.trim() === "" || wish.practiceName.trim() === "") return refused("empty");
        const practice = makeId<PracticeId>(ports.random);
        const start = {
          displayName: wish.myName.trim(),
          practiceName: wish.practiceName.trim(),
          contacts: [],
        };
        const door = { kind: "setup" as const, code: wish.code, practice };
        const made = await enrol(this.#api, ports, { door, factor: wish.factor, start, accept: null });
        return made.kind === "refused" ? made : this.#enter(made.value, wish.factor);
      },
      seeInvitation: async (fragment) => {
        const token = this.#open?.home.person.token ?? null;
        const checked = await checkInvitation(this.#api, fragment, token);
        return checked.kind === "refused" ? checked : done(checked.value.parsed.words);
      },
      join: async (wish) => {
        // One person, one device account: a guardian's device never becomes the teenager's (peers.md).
        if (this.#boot !== null) return refused("device-in-use");
        const made = await joinByInvitation(this.#api, ports, wish);
        return made.kind === "refused" ? made : this.#enter(made.value, wish.factor);
      },
      signIn: async (choice) => {
        if (this.#open !== null) return refused("already-signed-in");
        const opened = await openAccount(this.#api, ports, choice);
        return opened.kind === "refused" ? opened : this.#enter(opened.value, choice);
      },
      lock: () => this.#lock(),
      touch: () => this.#touch(),
    };
  }

  async #enter(opened: OpenedAccount, choice: SignInChoice): Promise<Done> {
    const { serverKey, signedIn, vault, vaultKey } = opened;
    const person: Person = {
      account: toId<AccountId>(signedIn.account),
      practice: toId<PracticeId>(signedIn.practice),
      standing: signedIn.standing,
      token: signedIn.token,
      vaultKey,
    };
    const lastSignInName = choice.kind === "passphrase" ? choice.name : null;
    this.#boot = { account: person.account, lastFactor: choice.kind, lastSignInName };
    await writeBoot(this.#ports.store, this.#boot);
    const home = await this.#unlock(person, await this.#newest(person, vault));
    await this.#pin(home, fromBase64Url(signedIn.logKey), serverKey);
    if (choice.kind === "recovery") noteSheetUsed(home);
    await keepPerson(this.#ports, person);
    return DONE;
  }

  /** A server that shows an older vault than this device holds is caught by the keeper, which compares versions. */
  async #newest(person: Person, vault: KnownVault): Promise<KnownVault> {
    const local = new LocalRecords(this.#ports, person.account, await localKey(person.vaultKey));
    const known = await loadVault(local);
    local.close();
    return known !== null && known.version > vault.version ? known : vault;
  }

  async #pin(
    home: Home,
    logKey: Uint8Array<ArrayBuffer>,
    serverKey: Uint8Array<ArrayBuffer> | null,
  ): Promise<void> {
    const { logPublicKey, opaqueServerKey } = home.vault.state;
    if (logPublicKey !== null && !equalBytes(logPublicKey, logKey))
      await home.alarms.raise("log-rewritten", null);
    if (serverKey !== null && opaqueServerKey !== null && !equalBytes(opaqueServerKey, serverKey)) {
      await home.alarms.raise("server-key-changed", null);
    }
    if (logPublicKey !== null && (opaqueServerKey !== null || serverKey === null)) return;
    home.vault.change((state) => ({
      ...state,
      logPublicKey: state.logPublicKey ?? logKey,
      opaqueServerKey: state.opaqueServerKey ?? serverKey,
    }));
  }

  async #unlock(person: Person, vault: KnownVault): Promise<Home> {
    const home = await openHome({
      ports: this.#ports,
      api: this.#api,
      person,
      vault,
      changed: this.#watchers.changed,
      ended: () => void this.#lock(),
      mayAdmit: async (open) => {
        this.#invitations = await admitAccepted(open);
        const factors = await listFactors(open);
        if (factors.kind === "done") this.#factors = factors.value;
        this.#watchers.changed();
      },
    });
    const desk = new Desk(home, this.#watchers.changed);
    await desk.load();
    this.#open = { home, desk };
    this.#claimed = true;
    home.connect();
    this.#touch();
    this.#watchers.changed();
    return home;
  }

  async #start(): Promise<void> {
    this.#boot = await readBoot(this.#ports.store);
    const kept = await readKept(this.#ports);
    const vault = kept === null ? null : await this.#keptVault(kept);
    if (kept !== null && vault !== null) await this.#unlock(kept, vault);
    this.#isStarted = true;
    this.#watchers.changed();
    const health = await this.#api("health", {}, null);
    if (health.kind === "done") this.#claimed = health.value.claimed;
    this.#watchers.changed();
  }

  async #keptVault(person: Person): Promise<KnownVault | null> {
    const local = new LocalRecords(this.#ports, person.account, await localKey(person.vaultKey));
    const vault = await loadVault(local);
    local.close();
    return vault;
  }

  async #lock(): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    this.#stop(open.home);
    this.#factors = [];
    this.#invitations = [];
    this.#watchers.changed();
    await forgetKept(this.#ports);
    // Best effort: without a network the session ends by its age.
    void this.#api("signOut", { body: {} }, open.home.person.token).catch(() => null);
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (open !== null) this.#stop(open.home);
    this.#watchers.close();
  }

  #stop(home: Home): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const { identities } = home.vault.state;
    home.close();
    wipe(home.person.vaultKey, ...identities.flatMap((secret) => [secret.signSeed, secret.kemPrivate]));
    for (const memory of home.rooms.all) {
      for (const { keys } of memory.epochs.values()) wipe(keys.content, keys.card, keys.file);
    }
  }

  #touch(): void {
    const open = this.#open;
    const { idleLockAfterMs, now } = this.#ports;
    if (open === null) return;
    if (now() - this.#keptAt > KEEP_EVERY_MS) {
      this.#keptAt = now();
      void keepPerson(this.#ports, open.home.person).catch(() => null);
    }
    if (idleLockAfterMs === null) return;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#lock(), idleLockAfterMs);
  }

  #seen<View>(look: (scene: Scene) => View): View | null {
    return this.#open === null ? null : look({ ...this.#open, invitations: this.#invitations });
  }

  #view<Name extends keyof Views>(name: Name): Views[Name] {
    const views: { readonly [Key in keyof Views]: () => Views[Key] } = {
      session: () => this.#session(),
      rooms: () => this.#seen(roomLines) ?? [],
      families: () => this.#seen(familyLines) ?? [],
      factors: () => this.#factors,
      alarms: () => this.#open?.home.alarms.list ?? [],
    };
    return views[name]();
  }

  #session(): SessionView {
    const home = this.#open?.home ?? null;
    const closed = this.#boot === null ? "signed-out" : "locked";
    return {
      state: home !== null ? "unlocked" : this.#isStarted ? closed : "starting",
      claimed: this.#claimed,
      online: home?.isOnline() ?? false,
      account: home?.person.account ?? this.#boot?.account ?? null,
      standing: home?.person.standing ?? null,
      displayName: home?.vault.state.displayName ?? "",
      practiceName: home?.vault.state.practiceName ?? "",
      sheetProved: home !== null && isSheetProved(home),
      lastFactor: this.#boot?.lastFactor ?? null,
      lastSignInName: this.#boot?.lastSignInName ?? null,
    };
  }
}
