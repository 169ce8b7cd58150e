import type { ServerMessage } from "@sotto/contract";
import { ENTRY_KIND_NUMBERS } from "@sotto/domain";
import type { AccountId, FactorId, PracticeId, RoomId } from "@sotto/domain";
import { fromBase64Url, localKey } from "@sotto/vault";
import type { Bytes, LogGossip } from "@sotto/vault";
import type { Api, Call } from "./api.ts";
import { needed, refused } from "./done.ts";
import { toId } from "./ids.ts";
import { Devices } from "./devices/devices.ts";
import { openFiles } from "./files/files.ts";
import type { Files } from "./files/files.ts";
import { Desk } from "./local/desk.ts";
import { saveVault } from "./local/known-vault.ts";
import type { KnownVault } from "./local/known-vault.ts";
import { olderLocalKeys } from "./local/vault-keys.ts";
import { LocalRecords } from "./local/records.ts";
import { Outbox } from "./outbox/outbox.ts";
import type { Ports } from "./ports.ts";
import { Search } from "./search/search.ts";
import { Looks, markLook } from "./second-look/looks.ts";
import { ShownWay } from "./second-look/shown-way.ts";
import { oweForRoom } from "./renewal/owed.ts";
import { makeRenewing } from "./renewal/renewing.ts";
import type { Renewing } from "./renewal/renewing.ts";
import { makeBackground, makeLine } from "./serial.ts";
import type { Line } from "./serial.ts";
import { Alarms } from "./sync/alarms.ts";
import { hasEnded, wipeRoom } from "./sync/ending.ts";
import { Eraser } from "./sync/eraser.ts";
import { IdentityBook } from "./sync/identity-book.ts";
import { isTooLate } from "./sync/late-change.ts";
import { Live } from "./sync/live.ts";
import { LogWitness } from "./sync/log-witness.ts";
import { Presence } from "./sync/presence.ts";
import type { RoomMemory } from "./sync/room-memory.ts";
import { Rooms } from "./sync/rooms.ts";
import { VAULT_NAME, VaultKeeper } from "./sync/vault-keeper.ts";

/** Who is in, with what opens everything that is theirs. */
export interface Person {
  readonly account: AccountId;
  readonly practice: PracticeId;
  readonly standing: "practice" | "family";
  readonly vaultKey: Bytes;
  readonly session: OpenSession;
}

/** The session of somebody who is in, and the factor that opened it: with the factor the session ends. */
export interface OpenSession {
  readonly token: string;
  readonly factor: FactorId;
}

/** What of an unlocked account the parts of the client work with. */
interface Store {
  readonly ports: Ports;
  readonly call: Call;
  readonly local: LocalRecords;
  readonly alarms: Alarms;
  readonly vault: VaultKeeper;
  readonly book: IdentityBook;
  readonly witness: LogWitness;
  readonly rooms: Rooms;
  readonly outbox: Outbox;
  readonly desk: Desk;
  readonly eraser: Eraser;
  readonly search: Search<RoomMemory>;
  readonly files: Files;
  readonly devices: Devices;
  readonly looks: Looks;
}

/** An unlocked account in this client: everything that lives from unlocking to locking. */
export interface Home extends Store {
  readonly person: Person;
  readonly isOnline: () => boolean;
  /** Whether the first connection is still being made. */
  readonly isJoining: () => boolean;
  /** Whether all rooms have been read since unlocking, so that what is not here is not there. */
  readonly isInStep: () => boolean;
  readonly presence: Presence;
  readonly shownWay: ShownWay;
  readonly renewing: Renewing;
  /** Rooms are made one at a time, so that a person's wish and what a family is due never make one room twice. */
  readonly making: Line;
  /** Rooms that a family is due and that are there, but not for this person: a colleague keeps them. */
  readonly elsewhere: Set<RoomId>;
  /** When an accepted invitation of a colleague's was first met, by its id. */
  readonly colleaguesMet: Map<string, number>;
  readonly connect: () => void;
  /** The session goes on under another factor. */
  readonly renew: (session: OpenSession) => void;
  readonly close: () => void;
}

interface Wish {
  readonly ports: Ports;
  readonly api: Api;
  readonly person: Person;
  readonly vault: KnownVault;
  /** The view of the key log that this device held of its own. */
  readonly heldPin: LogGossip | null;
  readonly changed: () => void;
  /** Some file has come a little further: told apart, since no other view says anything of it. */
  readonly moved: () => void;
  /** The server no longer knows the session. */
  readonly ended: () => void;
  /** The session has been renewed. */
  readonly renewed: (home: Home) => void;
  /** Invitations may have been accepted, families changed, or the rooms just came into step. */
  readonly mayAdmit: (home: Home) => Promise<void>;
}

const AGAIN_AFTER_MS = 4_000;
/** A pin that only reads the log is not worth a write of its own: it goes with the next one, or at last then. */
const PIN_WITHIN_MS = 60_000;

/** Builds an unlocked account and opens what this device holds of it. `connect` then keeps it in step. */
export async function openHome(wish: Wish): Promise<Home> {
  const closing = new AbortController();
  let isOnline = false;
  let isJoining = true;
  let isInStep = false;
  // While rooms come into step, each thing that arrives would ask again: it is answered once, when they have.
  let comingIntoStep: Promise<void> = Promise.resolve();
  const mayAdmit = async (): Promise<void> => {
    await comingIntoStep.catch(() => null);
    if (!isOnline) return;
    await rooms.whole();
    await wish.mayAdmit(home);
  };
  const { admit, stop: stopAdmitting } = makeAdmitting(mayAdmit, closing.signal);
  let lookLater: ReturnType<typeof setTimeout> | null = null;
  const checkDevices = async (): Promise<void> => {
    const afterMs = isOnline ? await store.devices.check() : null;
    if (lookLater !== null) clearTimeout(lookLater);
    lookLater = afterMs === null || closing.signal.aborted ? null : setTimeout(lookAround, afterMs);
  };
  const { admit: lookAround, stop: stopLooking } = makeAdmitting(checkDevices, closing.signal);
  let { session } = wish.person;
  const token = () => session.token;
  const renewing = makeRenewing(() => (isOnline && isInStep ? home : null));
  const call = makeCall(wish, token, closing.signal);
  const store = await openStore(wish, call, { admit, renew: renewing.look });
  const { eraser, files, local, outbox, rooms, vault } = store;
  const live = new Live(wish.ports, token, {
    welcomed: async () => {
      // Behind everything else, but not after it: whoever has just come in says soon what they are.
      lookAround();
      needed(await vault.refresh());
      comingIntoStep = rooms.catchUp();
      await comingIntoStep;
      isInStep = true;
      wish.changed();
      outbox.start();
      eraser.run();
      files.uploads.start();
      void vault.flush().catch(() => null);
      admit();
      renewing.look();
      presence.connected();
    },
    received: (message) => receive(store, message, { admit, lookAround, renew: renewing.look }),
    online: (next) => {
      isOnline = next;
      isJoining = false;
      if (!next) presence.disconnected();
      if (next) outbox.join();
      else {
        outbox.pause();
        files.uploads.pause();
      }
      wish.changed();
    },
  });
  const presence = new Presence(wish.ports.now, () => live.say({ kind: "here" }));
  const home: Home = {
    ...store,
    presence,
    shownWay: new ShownWay(wish.ports.now),
    renewing,
    get person() {
      return { ...wish.person, session };
    },
    isOnline: () => isOnline,
    isJoining: () => isJoining,
    isInStep: () => isInStep,
    making: makeLine(),
    elsewhere: new Set(),
    colleaguesMet: new Map(),
    connect: () => live.open(),
    renew: (next) => {
      session = next;
      wish.renewed(home);
    },
    close: () => {
      stopAdmitting();
      stopLooking();
      renewing.stop();
      if (lookLater !== null) clearTimeout(lookLater);
      rooms.close();
      store.looks.close();
      home.shownWay.close();
      live.close();
      outbox.close();
      eraser.close();
      files.close();
      vault.close();
      // From here on no answer is taken and nothing is asked: what would be sealed now would be sealed with wiped keys.
      closing.abort();
      local.close();
    },
  };
  return home;
}

const makeCall =
  ({ api, ended }: Wish, token: () => string, closed: AbortSignal): Call =>
  async (name, input = {}) => {
    if (closed.aborted) return refused("locked");
    const used = token();
    const answer = await api(name, input, used, closed);
    if (closed.aborted) return refused("locked");
    const isEnded = answer.kind === "refused" && answer.refusal === "not-signed-in";
    // What was asked under a session that has been renewed since says nothing of the new one.
    if (isEnded && used === token()) ended();
    return answer;
  };

/** What runs behind everything else, as admitting does: one run at a time, again after a while when it failed. */
const makeAdmitting = (
  work: () => Promise<void>,
  closed: AbortSignal,
): { readonly admit: () => void; readonly stop: () => void } => {
  let again: ReturnType<typeof setTimeout> | null = null;
  const admit = makeBackground(
    async () => {
      if (!closed.aborted) await work();
    },
    () => {
      if (again !== null) clearTimeout(again);
      again = closed.aborted ? null : setTimeout(admit, AGAIN_AFTER_MS);
    },
  );
  const stop = (): void => {
    if (again !== null) clearTimeout(again);
  };
  return { admit, stop };
};

async function openStore(
  wish: Wish,
  call: Call,
  { admit, renew }: { readonly admit: () => void; readonly renew: () => void },
): Promise<Store> {
  const { changed, person, ports } = wish;
  const { account, practice, vaultKey } = person;
  const local = new LocalRecords(ports, account, await localKey(vaultKey), olderLocalKeys(wish.vault.state));
  const alarms = new Alarms(local, ports.now, changed);
  await alarms.load();
  await saveVault(local, wish.vault);
  const vault: VaultKeeper = new VaultKeeper(
    {
      ports,
      call,
      account,
      vaultKey,
      local,
      alarms,
      wrote: (leaf) => witness.expect(leaf),
      heard: (view) => witness.hear("vault", view),
      changed,
    },
    wish.vault,
  );
  const state = () => vault.state;
  const witness = new LogWitness({
    call,
    practice,
    alarms,
    vault: state,
    pinned: (next) => vault.change(next, PIN_WITHIN_MS),
  });
  // A vault that the server has just given may not take this device back behind what it has seen.
  if (wish.heldPin !== null) witness.hear("device", wish.heldPin);
  const learned = (leaf: Bytes) => witness.expect(leaf);
  const book = new IdentityBook({ call, local, alarms, vault: state, learned });
  const isOver = (room: RoomId) => hasEnded(vault.state, room);
  const desk = new Desk(local, changed, isOver);
  const eraser = new Eraser(call, local);
  let files: Files | null = null;
  const rooms: Rooms = new Rooms({
    account,
    call,
    now: ports.now,
    local,
    alarms,
    vault,
    book,
    witness,
    changed,
    arrived: (entry, room, kind) => {
      // Under an id of this person's somebody else may have written, where the server helps them: theirs has not arrived by that.
      if ((room.entries.get(entry)?.author ?? account) === account) {
        if (isTooLate(room, entry)) outbox.leftOut(entry, "too-late");
        else outbox.arrived(entry);
        files?.uploads.arrived(entry);
      }
      if (kind === ENTRY_KIND_NUMBERS.deletion) outbox.forgetAbout(room.room, room.taken.deleted);
      if (isRecord(room) || (kind !== null && MAY_TEND.includes(kind))) admit();
    },
    moved: (room) => {
      if (isRecord(room) || room.leaving.size > 0) admit();
    },
    taken: (entries, room) => {
      void desk.letGo(room, entries).catch(() => null);
      for (const entry of entries) {
        const file = rooms.get(room)?.entries.get(entry)?.file;
        if (file !== undefined && file !== null) void files?.kept.forget({ file }).catch(() => null);
      }
    },
    mayErase: eraser.run,
    left: (entry, room) => void outbox.takeAway(room, entry).catch(() => null),
    forgotten: async (room, last) => {
      if (last !== null) vault.change((state) => oweForRoom(state, last, ports.now()));
      await desk.forget(room);
      await files?.kept.forget({ room });
      renew();
    },
    ended: async (room, memory) => {
      await outbox.letGo(room);
      await desk.forget(room);
      await files?.letGo(room);
      await local.remove(`erase/${room}/`);
      search.letGo(room);
      looks.letGo(room);
      if (looks.isMarked(room)) vault.change((before) => markLook(before, room, false));
      // What is being sealed right now still needs its key, or it would go out sealed with nothing.
      if (memory !== null) void outbox.settled(room).then(() => wipeRoom(memory));
      renew();
    },
  });
  const search = new Search(() => rooms.all);
  const looks = new Looks(state, changed);
  const outbox = new Outbox({ ports, call, local, vault, rooms, account, changed });
  await outbox.load();
  await desk.load();
  files = await openFiles({ ports, call, local, rooms, outbox, isOver, changed, moved: wish.moved });
  const devices = new Devices({ ports, call, local, account, vaultKey, changed });
  await devices.load();
  // Last: what the rooms hold already is told to whoever still waits to say it.
  await rooms.load();
  return {
    ports,
    call,
    local,
    alarms,
    vault,
    book,
    witness,
    rooms,
    outbox,
    desk,
    eraser,
    files,
    search,
    devices,
    looks,
  };
}

/** What somebody says in another room, and a therapist's client acts on. */
const MAY_TEND: readonly number[] = [ENTRY_KIND_NUMBERS["leave-asked"], ENTRY_KIND_NUMBERS["agreement-said"]];

/** A room whose entries are the record of a family or of the practice. */
const isRecord = ({ card }: RoomMemory): boolean => card.kind === "team" || card.kind === "practice";

/** Acts on what the server says on its own. All of it is a hint: whoever misses one finds the same by asking. */
async function receive(
  store: Store,
  message: ServerMessage,
  {
    admit,
    lookAround,
    renew,
  }: { readonly admit: () => void; readonly lookAround: () => void; readonly renew: () => void },
): Promise<void> {
  const { call, rooms, vault } = store;
  switch (message.kind) {
    case "item": {
      const { at, item: kind, seq } = message;
      await rooms.receive(toId(message.room), { seq, kind, at, bytes: fromBase64Url(message.bytes) });
      return;
    }
    case "rooms-changed":
      await rooms.catchUp();
      return;
    case "vault-changed": {
      const isOthers = message.name !== VAULT_NAME || message.version !== vault.version;
      if (isOthers) await vault.refresh();
      renew();
      if (isOthers) await rooms.checkMarks();
      return;
    }
    case "invitations-changed":
      admit();
      return;
    case "sessions-changed":
      lookAround();
      return;
    case "bye":
      // A connection also ends when it was too slow; whether the session has ended too, its next request tells.
      await call("listRooms");
      return;
    case "welcome":
    case "appended":
    case "refused":
    case "pong":
      return;
  }
}
