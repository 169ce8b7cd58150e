import type { AccountId, FileEntry, RoomId } from "@sotto/domain";
import {
  emptyVaultState,
  equalBytes,
  fileCipher,
  fileHash,
  fromBase64Url,
  identityHash,
  leafHash,
  makeOpeningEvent,
  memberOf,
  openFileChunk,
  parseRoomEvent,
  roomHeadLeaf,
  signCustody,
  toBase64Url,
} from "@sotto/vault";
import type { Bytes, IdentitySecret, LogGossip, RoomEvent, RoomOpening, RoomState } from "@sotto/vault";
import { createApi } from "../api.ts";
import type { Call } from "../api.ts";
import type { Done } from "../client.ts";
import { toId } from "../ids.ts";
import { LocalRecords } from "../local/records.ts";
import { memoryStore } from "../memory-ports.ts";
import type { Ports } from "../ports.ts";
import { Alarms } from "../sync/alarms.ts";
import { IdentityBook } from "../sync/identity-book.ts";
import { fetchPast, openWithPast } from "../sync/past.ts";
import { openRoom, takeItem } from "../sync/room-memory.ts";
import type { ItemEffect, RawItem, RoomMemory } from "../sync/room-memory.ts";
import { openOrNull, readOrNull } from "../unreadable.ts";
import { acceptOpening, sealedItemsOf } from "./accepted-opening.ts";
import type { AcceptedOpening } from "./accepted-opening.ts";
import { CustodyFault } from "./custody-fault.ts";
import { agreesWith, holdsAll } from "./log-proofs.ts";
import { recordOf } from "./room-record.ts";
import type { RoomRecord } from "./room-record.ts";

export type { AcceptedOpening } from "./accepted-opening.ts";
export { CustodyFault } from "./custody-fault.ts";
export type { CustodyFaultCode } from "./custody-fault.ts";
export type { RecordedLine, RecordedPerson, RoomRecord } from "./room-record.ts";

const TRIES_MAX = 6;

/**
 * A custodian at work, for as long as its session lasts: it sees its rooms from outside, says in one that it reads, and only then reads it.
 * Everything is in memory and nothing of it outlives the program. Throws `CustodyFault`, and `ClientFault` for an answer outside the contract.
 */
export class Custody {
  readonly #me: IdentitySecret;
  readonly #call: Call;
  readonly #log: Parameters<typeof holdsAll>[0];
  readonly #local: LocalRecords;
  readonly #book: IdentityBook;
  /** Leaves of the identities that the server has given. */
  readonly #learned: Bytes[] = [];

  private constructor(
    ports: Ports,
    me: IdentitySecret,
    session: { readonly token: string; readonly practice: string; readonly logKey: Bytes },
  ) {
    const api = createApi(ports);
    this.#me = me;
    this.#call = (name, input = {}) => api(name, input, session.token);
    this.#log = { call: this.#call, practice: session.practice, publicKey: session.logKey };
    const account = toId<AccountId>(me.account);
    this.#local = new LocalRecords({ ...ports, store: memoryStore() }, account, ports.random(32));
    const state = { ...emptyVaultState(), identities: [me] };
    this.#book = new IdentityBook({
      call: this.#call,
      local: this.#local,
      alarms: new Alarms(this.#local, ports.now, () => undefined),
      vault: () => state,
      learned: (leaf) => this.#learned.push(leaf),
    });
  }

  /** Shows the server that the key is held. */
  static async enter(ports: Ports, me: IdentitySecret): Promise<Custody> {
    const api = createApi(ports);
    const { attempt, challenge } = valueOf(await api("startCustody", { body: {} }, null));
    const signature = toBase64Url(await signCustody(me, fromBase64Url(challenge)));
    const identity = toBase64Url(identityHash(me.record));
    const body = { attempt, identity, signature };
    const { logKey, practice, token } = valueOf(await api("openCustody", { body }, null));
    return new Custody(ports, me, { token, practice, logKey: fromBase64Url(logKey) });
  }

  /** The rooms that it is in, as the server knows them: who, and not what. */
  async rooms(): Promise<readonly RoomState[]> {
    const { rooms } = valueOf(await this.#call("listCustodyRooms"));
    return rooms.map((room) => ({
      ...room,
      // The server names no other: of a room that has ended there is nothing to read.
      ended: false,
      head: fromBase64Url(room.head),
      members: room.members.map((member) => ({ ...member, identity: fromBase64Url(member.identity) })),
    }));
  }

  /**
   * Says in the room that it reads, signed, before it can. Answers only when the event stands in the room's log and in the key log, so that
   * a server which merely says yes is found out while nothing has been read.
   */
  async open(room: RoomId, opening: RoomOpening): Promise<AcceptedOpening> {
    const event = await this.#say(room, opening);
    const items = await this.#items(room);
    return acceptOpening({
      room,
      account: this.#me.account,
      event,
      items,
      identityOf: this.#book.identityOf,
      isInLog: ({ epoch, hash }) =>
        holdsAll(this.#log, [leafHash(roomHeadLeaf({ room, epoch, hash })), ...this.#learned]),
    });
  }

  async #say(room: RoomId, opening: RoomOpening): Promise<RoomEvent> {
    for (let attempt = 1; ; attempt++) {
      const previous = (await this.rooms()).find((state) => state.room === room);
      const place = previous === undefined ? null : memberOf(previous, this.#me.account);
      const isMine = place !== null && equalBytes(place.identity, identityHash(this.#me.record));
      if (previous === undefined || !isMine || place.role !== "reader") throw new CustodyFault("no-reader");
      const made = await makeOpeningEvent({
        me: this.#me,
        previous,
        opening,
        identityOf: this.#book.identityOf,
        random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      });
      const body = { bytes: toBase64Url(made.bytes) };
      const answer = await this.#call("appendEvent", { params: { room }, body });
      if (answer.kind === "done") return parseRoomEvent(made.bytes);
      // Somebody else changed the room meanwhile.
      if (answer.refusal !== "stale-epoch" || attempt === TRIES_MAX)
        throw new CustodyFault("refused", answer.refusal);
    }
  }

  async #items(room: RoomId): Promise<readonly RawItem[]> {
    const items: RawItem[] = [];
    for (;;) {
      const query = { after: String(items.length) };
      const page = valueOf(await this.#call("readRoom", { params: { room }, query }));
      if (page.items.some(({ seq }, index) => seq !== items.length + index + 1))
        throw new CustodyFault("not-in-room");
      items.push(...page.items.map((item) => ({ ...item, bytes: fromBase64Url(item.bytes) })));
      if (!page.more || page.items.length === 0) return items;
    }
  }

  /** Reads a room that was opened, with what was granted of its past. */
  async read(opening: AcceptedOpening): Promise<RoomRecord> {
    const items = sealedItemsOf(opening);
    const { effects, memory } = await this.#openItems(opening.room, items);
    const gossip = effects.flatMap((effect): readonly LogGossip[] =>
      effect.kind === "frame" && effect.frame.gossip !== null ? [effect.frame.gossip] : [],
    );
    return recordOf(memory, await agreesWith(this.#log, gossip));
  }

  async #openItems(
    room: RoomId,
    items: readonly RawItem[],
  ): Promise<{ readonly memory: RoomMemory; readonly effects: readonly ItemEffect[] }> {
    const known = { items, mine: [this.#me], archived: () => null, identityOf: this.#book.identityOf };
    await this.#fetchGranted(room, items);
    const withPast = await openWithPast(this.#local, room, known);
    if (withPast !== "none" && withPast !== "refused") return withPast;
    const [first, ...rest] = items;
    const opened = first === undefined ? null : await openRoom(first, room, known);
    if (opened === null || opened === "destroyed") throw new CustodyFault("not-in-room");
    const effects: ItemEffect[] = [];
    for (const item of rest) effects.push(await takeItem(opened.memory, item, known));
    return { memory: opened.memory, effects };
  }

  async #fetchGranted(room: RoomId, items: readonly RawItem[]): Promise<void> {
    const grants = items.flatMap((item) => {
      const event = item.kind === "event" ? readOrNull(() => parseRoomEvent(item.bytes)) : null;
      return event?.grant?.account === this.#me.account ? [event.grant] : [];
    });
    const widest = grants.toSorted((a, b) => a.epoch - b.epoch)[0];
    if (widest !== undefined) await fetchPast({ call: this.#call, local: this.#local }, room, widest);
  }

  /** A file of a room that was opened, checked against what its author signed. Throws `damaged`. */
  async readFile(opening: AcceptedOpening, body: FileEntry): Promise<readonly Bytes[]> {
    sealedItemsOf(opening);
    const { file, hash, key, size } = body;
    const cipher = await fileCipher({ file, size, key: new Uint8Array(key) });
    const [contents, hashes]: [Bytes[], Bytes[]] = [[], []];
    for (let chunk = 0; chunk < cipher.chunks; chunk++) {
      const params = { room: opening.room, file, chunk: String(chunk) };
      const sealed = valueOf(await this.#call("readChunk", { params }));
      const opened = await openOrNull(() => openFileChunk(cipher, chunk, sealed));
      if (opened === null) throw new CustodyFault("damaged");
      contents.push(opened.content);
      hashes.push(opened.hash);
    }
    if (!equalBytes(fileHash(body, hashes), hash)) throw new CustodyFault("damaged");
    return contents;
  }

  /** Ends the session: what was opened is closed with it. */
  async leave(): Promise<void> {
    await this.#call("signOut", { body: {} });
    this.#local.close();
  }
}

const valueOf = <Value>(answer: Done<Value>): Value => {
  if (answer.kind === "refused") throw new CustodyFault("refused", answer.refusal);
  return answer.value;
};
