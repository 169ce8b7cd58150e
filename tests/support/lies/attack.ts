import type { Alarm, Client, Done, RoomLineEntry } from "@sotto/client";
import type { RoomId } from "@sotto/domain";
import { words } from "@sotto/web/words";
import { expect, test } from "vitest";
import { refusalOf, until } from "../clients.ts";
import { untilAlarm } from "../meddling.ts";
import { endLies } from "./lie.ts";
import { ATTACKS } from "./rows.ts";
import { saidAt } from "./words.ts";

type Notice = (RoomLineEntry & { readonly kind: "notice" })["notice"];

/** What a test of an attack has seen on a person's screen. In the end it must be exactly what the table says. */
export interface Witness {
  /** The alarm is on this person's screen, above everything else. */
  readonly alarm: (client: Client, kind: Alarm["kind"]) => Promise<void>;
  /** The notice stands in this person's room. */
  readonly notice: (client: Client, room: RoomId, kind: Notice) => Promise<void>;
  /** What they tried was refused with this reason. */
  readonly refusal: (outcome: Done<unknown>, refusal: keyof typeof words.refusals) => void;
  /** Something else of the catalogue: `shown` is the value in a view that makes the screen say it. */
  readonly words: (place: string, shown: boolean) => void;
}

/** A test of the attack that stands under this name in the table. */
export function attack(id: string, run: (witness: Witness) => Promise<void>): void {
  const row = ATTACKS.find((known) => "id" in known && known.id === id);
  if (row === undefined) throw new Error(`no attack in the table is called ${id}`);
  test(`${row.threat}: ${row.attack}: ${row.variant}`, async () => {
    const seen = new Set<string>();
    const sees = (place: string) => {
      // Words that are not in the catalogue are on no screen.
      expect(saidAt(words, place)).not.toBeNull();
      seen.add(place);
    };
    await run({
      alarm: async (client, kind) => {
        await untilAlarm(client, kind);
        sees(`alarms.${kind}`);
      },
      notice: async (client, room, kind) => {
        await until(client, room, ({ entries }) =>
          entries.some((line) => line.kind === "notice" && line.notice === kind),
        );
        sees(`notices.${kind}`);
      },
      refusal: (outcome, refusal) => {
        expect(refusalOf(outcome)).toBe(refusal);
        sees(`refusals.${refusal}`);
      },
      words: (place, shown) => {
        expect({ place, shown }).toEqual({ place, shown: true });
        sees(place);
      },
    });
    endLies();
    const wanted = "sees" in row.outcome ? row.outcome.sees : [];
    expect([...seen].toSorted()).toEqual([...wanted].toSorted());
  });
}
