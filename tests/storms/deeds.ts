/** What people do, written down as they are told that it is done. */
import type { Client, Done } from "@sotto/client";
import type { EntryId, RoomId } from "@sotto/domain";
import { now, roomNow } from "../support/clients.ts";
import type { Browser } from "./browser.ts";
import type { Ledger, SaidEntry } from "./ledger.ts";

/** Who does something, and where it is written down. */
export interface Doer {
  readonly browser: Browser;
  readonly client: Client;
  readonly ledger: Ledger;
}

const isDone = (answer: Done<unknown>): boolean => answer.kind === "done";

export async function say(
  { browser, client, ledger }: Doer,
  wish: {
    readonly room: RoomId;
    readonly text: string;
    readonly to: EntryId | null;
    readonly mayUndo: boolean;
  },
): Promise<void> {
  const sent = await client.actions.send(wish);
  if (sent.kind !== "done") return;
  ledger.said.push({
    entry: sent.value,
    room: wish.room,
    device: browser.name,
    account: browser.person.account,
    kind: "message",
    texts: new Set([wish.text]),
    changes: [],
    content: null,
    deletion: "no",
    undo: "no",
  });
}

export async function sendFile(
  { browser, client, ledger }: Doer,
  wish: { readonly room: RoomId; readonly name: string; readonly content: string },
): Promise<void> {
  const { content, name, room } = wish;
  const source = new Blob([content]);
  const named = { name, type: "text/plain", picture: null, durationMs: null, preview: null };
  const sent = await client.actions.sendFile({ room, source, ...named });
  if (sent.kind !== "done") return;
  ledger.said.push({
    entry: sent.value,
    room,
    device: browser.name,
    account: browser.person.account,
    kind: "file",
    texts: new Set([name]),
    changes: [],
    content,
    deletion: "no",
    undo: "no",
  });
}

export async function change({ browser, client }: Doer, own: SaidEntry, text: string): Promise<void> {
  const { entry, room } = own;
  // Whether it is done is known only when it is answered; that it may be is known from here on.
  own.texts.add(text);
  if (isDone(await client.actions.edit({ room, entry, text }))) {
    own.changes.push({ text, device: browser.name });
  }
}

export async function takeAway({ client }: Doer, own: SaidEntry): Promise<void> {
  const { entry, room } = own;
  if (own.deletion === "no") own.deletion = "asked";
  if (isDone(await client.actions.deleteForAll({ room, entry }))) own.deletion = "told";
}

export async function takeBack({ client }: Doer, own: SaidEntry): Promise<void> {
  const { entry, room } = own;
  if (own.undo === "no") own.undo = "asked";
  if (isDone(await client.actions.undo({ room, entry }))) own.undo = "told";
}

/** What is held, so that it can be taken back, goes out now: all of it, or what is chosen. */
export async function sendHeld({ client }: Browser, isMeant: () => boolean): Promise<void> {
  if (client === null) return;
  for (const { room } of now(client, "rooms")) {
    for (const line of roomNow(client, room)?.entries ?? []) {
      if (line.kind !== "message" || line.state.kind !== "held" || !isMeant()) continue;
      await client.actions.sendNow({ room, entry: line.entry });
    }
  }
}
