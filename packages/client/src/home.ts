import type { ServerMessage } from "@sotto/contract";
import type { AccountId, EntryId, PracticeId } from "@sotto/domain";
import { fromBase64Url, localKey } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Api, Call } from "./api.ts";
import { ClientFault } from "./done.ts";
import { toId } from "./ids.ts";
import { LocalRecords } from "./local/records.ts";
import { Outbox } from "./outbox/outbox.ts";
import type { Ports } from "./ports.ts";
import { makeBackground } from "./serial.ts";
import { Alarms } from "./sync/alarms.ts";
import { IdentityBook } from "./sync/identity-book.ts";
import { Live } from "./sync/live.ts";
import { LogWitness } from "./sync/log-witness.ts";
import { Rooms } from "./sync/rooms.ts";
import { saveVault, VaultKeeper } from "./sync/vault-keeper.ts";
import type { KnownVault } from "./sync/vault-keeper.ts";

/** Who is in, with what opens everything that is theirs. */
export interface Person {
  readonly account: AccountId;
  readonly practice: PracticeId;
  readonly standing: "practice" | "family";
  readonly token: string;
  readonly vaultKey: Bytes;
}

/** An unlocked account in this client: everything that lives from unlocking to locking. */
export interface Home {
  readonly person: Person;
  readonly ports: Ports;
  readonly call: Call;
  readonly local: LocalRecords;
  readonly alarms: Alarms;
  readonly vault: VaultKeeper;
  readonly book: IdentityBook;
  readonly rooms: Rooms;
  readonly outbox: Outbox;
  readonly isOnline: () => boolean;
  readonly connect: () => void;
  readonly close: () => void;
}

interface Wish {
  readonly ports: Ports;
  readonly api: Api;
  readonly person: Person;
  readonly vault: KnownVault;
  readonly changed: () => void;
  /** The server no longer knows the session. */
  readonly ended: () => void;
  /** Invitations may have been accepted, or the rooms just came into step. */
  readonly mayAdmit: (home: Home) => Promise<void>;
}

const AGAIN_AFTER_MS = 4_000;

/** Builds an unlocked account and opens what this device holds of it. `connect` then keeps it in step. */
export async function openHome(wish: Wish): Promise<Home> {
  const { api, changed, ended, person, ports } = wish;
  const call: Call = async (name, input = {}) => {
    const answer = await api(name, input, person.token);
    if (answer.kind === "refused" && answer.refusal === "not-signed-in") ended();
    return answer;
  };
  const key = await localKey(person.vaultKey);
  const local = new LocalRecords(ports, person.account, key);
  const alarms = new Alarms(local, ports.now, changed);
  await alarms.load();
  await saveVault(local, wish.vault);
  const { account, practice, vaultKey } = person;
  const vault: VaultKeeper = new VaultKeeper(
    { ports, call, account, vaultKey, local, alarms, wrote: (leaf) => witness.expect(leaf), changed },
    wish.vault,
  );
  const witness = new LogWitness({
    call,
    practice,
    alarms,
    vault: () => vault.state,
    changeVault: (next) => vault.change(next),
  });
  const book = new IdentityBook({
    call,
    local,
    alarms,
    vault: () => vault.state,
    learned: (leaf) => witness.expect(leaf),
  });
  const rooms: Rooms = new Rooms({
    call,
    local,
    alarms,
    vault,
    book,
    witness,
    changed,
    arrived: (entry) => outbox.arrived(toId<EntryId>(entry)),
  });
  const outbox = new Outbox({ ports, call, local, vault, rooms, account, changed });
  await outbox.load();
  await rooms.load();

  let isOnline = false;
  let isClosed = false;
  let again: ReturnType<typeof setTimeout> | null = null;
  const admit = makeBackground(
    async () => {
      if (!isClosed && isOnline) await wish.mayAdmit(home);
    },
    () => {
      if (!isClosed) again = setTimeout(admit, AGAIN_AFTER_MS);
    },
  );
  const received = async (message: ServerMessage): Promise<void> => {
    switch (message.kind) {
      case "item": {
        const { at, item: kind, seq } = message;
        await rooms.receive(toId(message.room), { seq, kind, at, bytes: fromBase64Url(message.bytes) });
        return;
      }
      case "rooms-changed":
        await rooms.catchUp();
        return;
      case "vault-changed":
        await vault.refresh();
        return;
      case "invitations-changed":
        admit();
        return;
      case "bye":
        if (message.refusal === "not-signed-in") ended();
        return;
      case "welcome":
      case "appended":
      case "refused":
      case "pong":
        return;
    }
  };
  const live = new Live(ports, person.token, {
    welcomed: async () => {
      const read = await vault.refresh();
      if (read.kind === "refused") throw new ClientFault("offline");
      await rooms.catchUp();
      outbox.start();
      void vault.flush().catch(() => null);
      admit();
    },
    received,
    online: (next) => {
      isOnline = next;
      if (!next) outbox.pause();
      changed();
    },
  });
  const home: Home = {
    person,
    ports,
    call,
    local,
    alarms,
    vault,
    book,
    rooms,
    outbox,
    isOnline: () => isOnline,
    connect: () => live.open(),
    close: () => {
      isClosed = true;
      if (again !== null) clearTimeout(again);
      live.close();
      outbox.close();
      vault.close();
      local.close();
    },
  };
  return home;
}
