import type { RoomId } from "@sotto/domain";
import { parseId } from "@sotto/domain";
import { ByteReader, ByteWriter } from "@sotto/vault";
import type { Alarm } from "../client.ts";
import type { LocalRecords } from "../local/records.ts";
import { readOrNull } from "../unreadable.ts";

const KINDS = [
  "log-rewritten",
  "log-split",
  "vault-rolled-back",
  "room-forked",
  "identity-swapped",
  "server-key-changed",
  "room-unreadable",
] as const satisfies readonly Alarm["kind"][];
const LABEL = "fam/alarms/1";
const ALARMS_MAX = 200;
/** What is about no room has a place left, however many rooms are in trouble: no alarm ever makes way for another. */
const ROOM_ALARMS_MAX = ALARMS_MAX - KINDS.length;

/** The alarms of one account on this device. They are kept; one of a kind and room is enough. */
export class Alarms {
  #list: readonly Alarm[] = [];
  readonly #local: LocalRecords;
  readonly #changed: () => void;
  readonly #now: () => number;

  constructor(local: LocalRecords, now: () => number, changed: () => void) {
    this.#local = local;
    this.#now = now;
    this.#changed = changed;
  }

  get list(): readonly Alarm[] {
    return this.#list;
  }

  async load(): Promise<void> {
    const bytes = await this.#local.readSealed("alarms");
    if (bytes === null) return;
    const kept = readOrNull(() => {
      const reader = ByteReader.labelled(bytes, LABEL, 65_536);
      const list = reader.list(ALARMS_MAX, () => ({
        kind: reader.choice(KINDS),
        room: reader.optional(() => parseId<RoomId>(reader.id())),
        at: reader.unsigned(6),
      }));
      reader.end();
      return list;
    });
    if (kept !== null) this.#list = kept;
  }

  async raise(kind: Alarm["kind"], room: RoomId | null): Promise<void> {
    if (this.#list.some((alarm) => alarm.kind === kind && alarm.room === room)) return;
    if (room !== null && this.#list.length >= ROOM_ALARMS_MAX) return;
    this.#list = [...this.#list, { kind, room, at: this.#now() }];
    const writer = ByteWriter.labelled(LABEL);
    writer.list(this.#list, ALARMS_MAX, (alarm) => {
      writer.unsigned(KINDS.indexOf(alarm.kind), 1);
      writer.optional(alarm.room, (id) => writer.id(id)).unsigned(alarm.at, 6);
    });
    this.#changed();
    await this.#local.writeSealed("alarms", writer.bytes());
  }
}
