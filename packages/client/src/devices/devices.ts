import type { AnswerOf } from "@sotto/contract";
import type { AccountId } from "@sotto/domain";
import { fromBase64Url, openDeviceNote, sealDeviceNote, toBase64Url } from "@sotto/vault";
import type { Bytes, DeviceNote } from "@sotto/vault";
import type { Call } from "../api.ts";
import type { DeviceView } from "../client.ts";
import { needed } from "../done.ts";
import { makeId } from "../ids.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Ports } from "../ports.ts";
import { openOrNull, readOrNull } from "../unreadable.ts";
import { decodeDeviceRecord, encodeDeviceRecord, withKnown } from "./device-record.ts";
import type { DeviceRecord } from "./device-record.ts";
import { placeOf } from "./place.ts";

type SessionLine = AnswerOf<"listSessions">["sessions"][number];

/** A session as the server lists it, with what its device says of itself; null when it says nothing that could be read. */
interface Seen {
  readonly line: SessionLine;
  readonly note: DeviceNote | null;
}

interface Parts {
  readonly ports: Ports;
  readonly call: Call;
  readonly local: LocalRecords;
  readonly account: AccountId;
  readonly vaultKey: Bytes;
  readonly changed: () => void;
}

const RECORD = "devices";
/** A session says what it is right after it is opened. One that has said nothing for so long is shown without. */
const NOTE_WITHIN_MS = 10_000;

/**
 * Who is signed in as this person: their sessions, put together by device. A device that this one has not met is new until the person has
 * answered for it, however long this one was away. What it has let pass is remembered on this device alone: nobody who comes in elsewhere
 * can answer for themselves.
 */
export class Devices {
  readonly #parts: Parts;
  readonly #silentSince = new Map<string, number>();
  readonly #opened = new Map<string, DeviceNote | null>();
  #record: DeviceRecord | null = null;
  #seen: readonly Seen[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    const bytes = await this.#parts.local.readSealed(RECORD);
    this.#record = bytes === null ? null : decodeDeviceRecord(bytes);
  }

  /** Lists the sessions anew and says of this one what it is. Answers after how long to look once more, or null. Throws what keeps it from that. */
  async check(): Promise<number | null> {
    const { call, changed, ports } = this.#parts;
    const { sessions } = needed(await call("listSessions"));
    const seen: Seen[] = [];
    for (const line of sessions) seen.push({ line, note: await this.#noteOf(line) });
    // Whoever comes in on a device for the first time looks at the list, and is not asked about each.
    const met = this.#record ?? withKnown({ own: makeId(ports.random), known: [] }, seen.map(keyOf));
    const record = withSessionsOfKnown(met, seen);
    if (record !== this.#record) await this.#keep(record);
    this.#noteSilent(seen);
    this.#seen = seen;
    await this.#describe(record);
    changed();
    const isWaiting = this.#seen.some((one) => !one.line.isThis && this.#isStillSilent(one));
    return isWaiting ? NOTE_WITHIN_MS : null;
  }

  /** The devices, this one first, then what is new, then the open ones, the latest first. */
  get list(): readonly DeviceView[] {
    const groups = Map.groupBy(this.#seen, (seen) => this.#deviceOf(seen));
    const views = [...groups].map(([device, group]) => this.#view(device, group));
    const rank = (view: DeviceView): number => (view.isThis ? 0 : view.isNew ? 1 : view.isOpen ? 2 : 3);
    return views.toSorted((a, b) => rank(a) - rank(b) || b.lastAt - a.lastAt);
  }

  /** The sessions of a device that are open. */
  openOf(device: string): readonly string[] {
    return this.#of(device)
      .filter(({ line }) => line.endedAt === null && !line.isThis)
      .map(({ line }) => line.session);
  }

  /** The person has answered. One of theirs is never asked about again; of another, only these sign-ins. */
  async answer(device: string, isMine: boolean): Promise<void> {
    if (this.#record === null) return;
    const sessions = this.#of(device).map(({ line }) => line.session);
    await this.#keep(withKnown(this.#record, isMine ? [...sessions, device] : sessions));
    this.#parts.changed();
  }

  #of(device: string): readonly Seen[] {
    return this.#seen.filter((seen) => this.#deviceOf(seen) === device);
  }

  /** This session is on this device, whatever its note says so far. */
  #deviceOf(seen: Seen): string {
    return seen.line.isThis ? (this.#record?.own ?? keyOf(seen)) : keyOf(seen);
  }

  #view(device: string, group: readonly Seen[]): DeviceView {
    // The server lists the newest first.
    const [latest] = group;
    const note = group.find((seen) => seen.note !== null)?.note ?? null;
    return {
      device,
      isThis: device === this.#record?.own,
      isOpen: group.some(({ line }) => line.endedAt === null),
      isNew: this.#isNew(device, group),
      browser: note?.browser ?? null,
      system: note?.system ?? null,
      place: note === null ? null : placeOf(note.timeZone),
      factor: latest?.line.factor ?? null,
      firstAt: Math.min(...group.map(({ line }) => line.createdAt)),
      lastAt: Math.max(...group.map(({ line }) => Math.max(line.seenAt, line.createdAt))),
      cameAt: latest?.line.createdAt ?? 0,
    };
  }

  #isNew(device: string, group: readonly Seen[]): boolean {
    const known = this.#record?.known ?? [];
    if (this.#record === null || device === this.#record.own || known.includes(device)) return false;
    return group.some((seen) => !known.includes(seen.line.session) && !this.#isStillSilent(seen));
  }

  #isStillSilent({ line, note }: Seen): boolean {
    const since = this.#silentSince.get(line.session);
    if (note !== null || line.endedAt !== null || since === undefined) return false;
    return this.#parts.ports.now() - since < NOTE_WITHIN_MS;
  }

  #noteSilent(seen: readonly Seen[]): void {
    const now = this.#parts.ports.now();
    for (const { line, note } of seen) {
      if (note === null && !this.#silentSince.has(line.session)) this.#silentSince.set(line.session, now);
    }
  }

  async #noteOf({ note, session }: SessionLine): Promise<DeviceNote | null> {
    if (note === null) return null;
    const name = `${session} ${note}`;
    const before = this.#opened.get(name);
    if (before !== undefined) return before;
    const { account, vaultKey } = this.#parts;
    const sealed = readOrNull(() => fromBase64Url(note));
    const place = { account, session };
    const opened =
      sealed === null ? null : await openOrNull(() => openDeviceNote({ vaultKey, place, sealed }));
    this.#opened.set(name, opened);
    return opened;
  }

  /** Says of this session what it is, unless it has. */
  async #describe(record: DeviceRecord): Promise<void> {
    const { account, call, ports, vaultKey } = this.#parts;
    const mine = this.#seen.find(({ line }) => line.isThis);
    if (mine === undefined || mine.note?.device === record.own) return;
    const place = { account, session: mine.line.session };
    const note = { device: record.own, ...ports.describe() };
    const sealed = await sealDeviceNote({ vaultKey, place, note, random: ports.random });
    // After a lock the key in hand is wiped; the call is refused then, so nothing sealed under it ever leaves.
    needed(await call("writeSessionNote", { body: { note: toBase64Url(sealed) } }));
    this.#seen = this.#seen.map((seen) => (seen === mine ? { ...mine, note } : seen));
  }

  async #keep(record: DeviceRecord): Promise<void> {
    this.#record = record;
    await this.#parts.local.writeSealed(RECORD, encodeDeviceRecord(record));
  }
}

/**
 * The record with the sessions of devices that are known already. What a session said of itself cannot be read any more once the vault has
 * another key: it is then known by its own id.
 */
function withSessionsOfKnown(record: DeviceRecord, seen: readonly Seen[]): DeviceRecord {
  const known = new Set([record.own, ...record.known]);
  const fresh = seen.flatMap(({ line, note }) =>
    (line.isThis || (note !== null && known.has(note.device))) && !known.has(line.session)
      ? [line.session]
      : [],
  );
  return fresh.length === 0 ? record : withKnown(record, fresh);
}

/** By what a session's device is known again; one that says nothing stands for itself. */
function keyOf({ line, note }: Seen): string {
  return note?.device ?? line.session;
}
