import {
  checkRoomEvent,
  equalBytes,
  idToBytes,
  memberOf,
  parseFrameHeader,
  parseFrameStub,
  parseRoomEvent,
  roomHeadLeaf,
  toHex,
  type FrameStub,
  type IdentityOf,
  type RoomGrant,
  type RoomState,
} from "@sotto/vault/public";
import type { Reader } from "../store/store.ts";
import { readWholeItems, type WholeItem } from "../store/whole.ts";
import { compareRoom } from "./compare-room.ts";
import { parsedOrNull, roomFinding, type Finding, type FindingKind } from "./finding.ts";
import { isInLog } from "./verify-accounts.ts";

const ITEMS_AT_ONCE = 200;

/**
 * Goes through a room from its first item: no number is left out, every event continues the one before it by the rules that anybody can see and stands in
 * the log, every frame says of itself what stands beside it and fits the epoch it lies in, and so does what stayed of one that its author took away, and what the
 * room is now follows from all that.
 */
export async function verifyRoom(
  reader: Reader,
  room: string,
  identityOf: IdentityOf,
): Promise<readonly Finding[]> {
  const walk = new RoomWalk(reader, room, identityOf);
  for (let after = 0; ;) {
    const items = await readWholeItems(reader, room, after, ITEMS_AT_ONCE);
    for (const item of items) await walk.take(item);
    const last = items.at(-1);
    if (last === undefined) break;
    after = last.seq;
  }
  await walk.compareWithStored();
  return walk.findings;
}

class RoomWalk {
  readonly findings: Finding[] = [];
  readonly #reader: Reader;
  readonly #room: string;
  readonly #identityOf: IdentityOf;
  #state: RoomState | null = null;
  #lastSeq = 0;
  /** Since which event each member has been there. */
  readonly #since = new Map<string, number>();
  /** From where on each member was let read by the grants since they came in. */
  readonly #granted = new Map<string, number>();
  /** The place of each event, and its epoch, by its hash. */
  readonly #events = new Map<string, { readonly seq: number; readonly epoch: number }>();

  constructor(reader: Reader, room: string, identityOf: IdentityOf) {
    this.#reader = reader;
    this.#room = room;
    this.#identityOf = identityOf;
  }

  async take(item: WholeItem): Promise<void> {
    if (item.seq !== this.#lastSeq + 1) this.#find("room-seq-hole", this.#lastSeq + 1);
    this.#lastSeq = item.seq;
    if (item.kind === "event") await this.#takeEvent(item);
    else if (item.kind === "frame") this.#takeFrame(item);
    else if (item.kind === "erased") this.#takeStub(item);
    else this.#find("room-item-unknown", item.seq);
  }

  async #takeEvent(item: WholeItem): Promise<void> {
    const event = parsedOrNull(() => parseRoomEvent(item.bytes));
    if (event === null) return this.#find("room-event-wrong", item.seq, "malformed");
    const isNamed =
      event.room === this.#room && event.author === item.author && equalBytes(event.hash, item.id);
    if (!isNamed) this.#find("room-event-wrong", item.seq, "not what stands beside it");
    const check = await checkRoomEvent({ event, previous: this.#state, identityOf: this.#identityOf });
    if (check.kind === "refused") return this.#find("room-event-wrong", item.seq, check.reason);
    this.#moveTo(check.state, item.seq);
    if (event.grant !== undefined) this.#widen(event.grant, item.seq);
    this.#events.set(toHex(event.hash), { seq: item.seq, epoch: event.epoch });
    const { epoch, head } = check.state;
    if (!(await isInLog(this.#reader, roomHeadLeaf({ room: this.#room, epoch, hash: head }))))
      this.#find("room-event-not-in-log", item.seq);
  }

  #moveTo(state: RoomState, seq: number): void {
    for (const account of this.#since.keys())
      if (memberOf(state, account) === null) {
        this.#since.delete(account);
        this.#granted.delete(account);
      }
    for (const { account } of state.members) if (!this.#since.has(account)) this.#since.set(account, seq);
    this.#state = state;
  }

  /** A grant only ever widens, and ends with the membership. */
  #widen({ account, epoch, head }: RoomGrant, seq: number): void {
    const named = this.#events.get(toHex(head));
    if (named?.epoch !== epoch) return this.#find("room-event-wrong", seq, "grant");
    this.#granted.set(account, Math.min(this.#firstOf(account) ?? named.seq, named.seq));
  }

  #firstOf(account: string): number | undefined {
    return this.#granted.get(account) ?? this.#since.get(account);
  }

  #takeFrame(item: WholeItem): void {
    const why = this.#whyNotFrame(item);
    if (why !== null) this.#find("room-frame-wrong", item.seq, why);
  }

  #whyNotFrame(item: WholeItem): string | null {
    const header = parsedOrNull(() => parseFrameHeader(item.bytes));
    if (header === null) return "malformed";
    const why = this.#whyNotThere(header, item);
    if (why !== null) return why;
    const head16 = this.#state?.head.slice(0, 16);
    return head16 !== undefined && equalBytes(header.head16, head16) ? null : "head";
  }

  /** Whether its author ever took the frame away is for those who read what they signed; here it is only held to its place. */
  #takeStub(item: WholeItem): void {
    const stub = parsedOrNull(() => parseFrameStub(item.bytes));
    const why = stub === null ? "malformed" : this.#whyNotThere(stub, item);
    if (why !== null) this.#find("room-stub-wrong", item.seq, why);
  }

  /** Why what a frame says of itself cannot stand where it does. */
  #whyNotThere(said: Pick<FrameStub, "room" | "epoch" | "id" | "author">, item: WholeItem): string | null {
    const isNamed =
      said.room === this.#room && said.author === item.author && equalBytes(idToBytes(said.id), item.id);
    if (!isNamed) return "not what stands beside it";
    const state = this.#state;
    if (state === null || said.epoch !== state.epoch) return "epoch";
    const author = memberOf(state, said.author);
    return author === null || author.role === "reader" ? "author" : null;
  }

  /** What the room is now, against what its events make it. */
  async compareWithStored(): Promise<void> {
    const first = (account: string) => this.#firstOf(account);
    const walked = {
      room: this.#room,
      state: this.#state,
      lastSeq: this.#lastSeq,
      since: this.#since,
      first,
    };
    this.findings.push(...(await compareRoom(this.#reader, walked)));
  }

  #find(kind: FindingKind, seq: number, why = ""): void {
    this.findings.push(roomFinding(this.#reader, { kind, room: this.#room, seq, why }));
  }
}
