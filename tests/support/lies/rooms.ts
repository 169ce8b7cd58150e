import type { RoomId } from "@sotto/domain";
import { fromBase64Url, toBase64Url, type Bytes } from "@sotto/vault";
import type { Meddling } from "../node-ports.ts";
import type { Lie } from "./lie.ts";

/** One thing in a room's log, as the server shows it. */
export interface Shown {
  readonly seq: number;
  readonly kind: "event" | "frame" | "erased";
  readonly bytes: string;
  readonly at: number;
}

/** What is shown of a room in place of all that stands in it. */
export type Retelling = (items: readonly Shown[]) => readonly Shown[];

interface Page {
  readonly items: readonly Shown[];
  readonly more: boolean;
}

interface Line {
  readonly room: string;
  readonly seq: number;
  readonly epoch: number;
  readonly ended: boolean;
}

/**
 * A room's log is told otherwise, to its end and always the same way, in the numbers of an honest one: whoever asks for a part gets that part of the
 * lie. What comes live is only a hint to look.
 */
export function retold(room: RoomId, retelling: Retelling): Lie {
  const path = new RegExp(`/rooms/${room}/log$`);
  return {
    answers: [
      { path, meddling: pagesOf((items) => numbered(retelling(items))) },
      {
        path: /\/v1\/rooms$/,
        meddling: async (ask, url, asked) => {
          const answer = await ask();
          // The contract's shape, as the real server has just answered it.
          const { rooms } = (await answer.json()) as { readonly rooms: readonly Line[] };
          const log = new URL(`/v1/rooms/${room}/log`, url);
          const { length } = retelling(await allOf(log, asked));
          return Response.json({
            rooms: rooms.map((line) => (line.room === room ? { ...line, seq: length } : line)),
          });
        },
      },
    ],
    live: (message) =>
      message.kind === "item" && message.room === room ? [{ kind: "rooms-changed" }] : [message],
  };
}

/** The same of the past that somebody was given. */
export function retoldPast(room: RoomId, retelling: Retelling): Lie {
  const path = new RegExp(`/rooms/${room}/history$`);
  return { answers: [{ path, meddling: pagesOf((items) => numbered(retelling(items))) }] };
}

/** A room is not in the list, and not there for whoever asks for it. */
export function hidden(room: RoomId): Lie {
  const notHere = () => Promise.resolve(Response.json({ refusal: "not-here" }, { status: 404 }));
  return {
    answers: [
      { path: new RegExp(`/rooms/${room}/`), meddling: notHere },
      {
        path: /\/v1\/rooms$/,
        meddling: async (ask) => {
          const answer = await ask();
          // The contract's shape, as the real server has just answered it.
          const { rooms } = (await answer.json()) as { readonly rooms: readonly Line[] };
          return Response.json({ rooms: rooms.filter((line) => line.room !== room) });
        },
      },
    ],
    live: (message) =>
      message.kind === "item" && message.room === room ? [{ kind: "rooms-changed" }] : [message],
  };
}

/** A room that the server makes up is in the list, and consists of these events. */
export function madeUp(room: string, events: readonly Bytes[]): Lie {
  return shownAs(
    room,
    events.map((bytes) => ({ kind: "event", bytes })),
  );
}

/** A room is in the list, whoever is in it, and consists of these things. */
export function shownAs(
  room: string,
  things: readonly { readonly kind: Shown["kind"]; readonly bytes: Bytes }[],
): Lie {
  const at = Date.now();
  const items = numbered(things.map(({ bytes, kind }) => ({ seq: 0, kind, bytes: toBase64Url(bytes), at })));
  const line = { room, seq: items.length, epoch: 0, ended: false };
  return {
    answers: [
      {
        path: new RegExp(`/rooms/${room}/log$`),
        meddling: (_ask, url) => Promise.resolve(Response.json(pageAfter(items, url))),
      },
      {
        path: /\/v1\/rooms$/,
        meddling: async (ask) => {
          const answer = await ask();
          // The contract's shape, as the real server has just answered it.
          const { rooms } = (await answer.json()) as { readonly rooms: readonly Line[] };
          return Response.json({ rooms: [...rooms.filter((other) => other.room !== room), line] });
        },
      },
    ],
  };
}

const pagesOf =
  (tellAll: (items: readonly Shown[]) => readonly Shown[]): Meddling =>
  async (_ask, url, asked) =>
    Response.json(pageAfter(tellAll(await allOf(url, asked)), url));

const pageAfter = (items: readonly Shown[], url: URL): Page => ({
  items: items.filter(({ seq }) => seq > Number(url.searchParams.get("after"))),
  more: false,
});

/** All that the server has behind this address, as whoever asks may read it. */
async function allOf(url: URL, asked: RequestInit): Promise<readonly Shown[]> {
  const items: Shown[] = [];
  for (;;) {
    const page = new URL(url);
    page.searchParams.set("after", String(items.length));
    const answer = await fetch(page, { ...asked, method: "GET" });
    if (!answer.ok) return items;
    // The contract's shape, as the real server has just answered it.
    const { items: further, more } = (await answer.json()) as Page;
    items.push(...further);
    if (!more || further.length === 0) return items;
  }
}

const numbered = (items: readonly Shown[]): readonly Shown[] =>
  items.map((item, index) => ({ ...item, seq: index + 1 }));

const isFrame = ({ kind }: Shown): boolean => kind === "frame";
const isEvent = ({ kind }: Shown): boolean => kind === "event";
type Kind = "frame" | "event";
const placeOf = (items: readonly Shown[], kind: Kind, nth: number): number => {
  const places = items.flatMap((item, index) =>
    (kind === "frame" ? isFrame : isEvent)(item) ? [index] : [],
  );
  return places.at(nth) ?? -1;
};

/** The nth event or frame, counted from the end when negative, is left out. */
export const without =
  (kind: Kind, nth: number): Retelling =>
  (items) =>
    items.toSpliced(placeOf(items, kind, nth), placeOf(items, kind, nth) < 0 ? 0 : 1);

/** Nothing from the nth event or frame on is shown. */
export const until =
  (kind: Kind, nth: number): Retelling =>
  (items) => {
    const place = placeOf(items, kind, nth);
    return place < 0 ? items : items.slice(0, place);
  };

/** The nth event or frame is shown once more at the end. */
export const again =
  (kind: Kind, nth: number): Retelling =>
  (items) => {
    const item = items[placeOf(items, kind, nth)];
    return item === undefined ? items : [...items, item];
  };

/** The nth event or frame and the one of its kind after it change places. */
export const swapped =
  (kind: Kind, nth: number): Retelling =>
  (items) => {
    const [first, second] = [placeOf(items, kind, nth), placeOf(items, kind, nth + 1)];
    const [a, b] = [items[first], items[second]];
    return a === undefined || b === undefined ? items : items.with(first, b).with(second, a);
  };

/** The bytes of the nth event or frame are changed. */
export const altered =
  (kind: Kind, nth: number, change: (bytes: Bytes) => Bytes): Retelling =>
  (items) => {
    const place = placeOf(items, kind, nth);
    const item = items[place];
    return item === undefined
      ? items
      : items.with(place, { ...item, bytes: toBase64Url(change(fromBase64Url(item.bytes))) });
  };

/** Something more is shown at the end. */
export const andThen =
  (kind: Shown["kind"], bytes: Bytes): Retelling =>
  (items) => [...items, { seq: 0, kind, bytes: toBase64Url(bytes), at: Date.now() }];

/** One byte of it is another one. */
export const withByte =
  (place: number, value?: number) =>
  (bytes: Bytes): Bytes => {
    const changed = new Uint8Array(bytes);
    const index = place < 0 ? bytes.length + place : place;
    changed[index] = value ?? (changed[index] ?? 0) ^ 1;
    return changed;
  };
