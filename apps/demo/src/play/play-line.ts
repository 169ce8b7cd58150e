import type { RoomLineEntry, RoomView } from "@sotto/client";
import type { EntryId, RoomId } from "@sotto/domain";
import type { Line } from "../story/story.ts";
import { seenIn, valueOf, type Actor } from "./stage.ts";

type Message = RoomLineEntry & { readonly kind: "message" };

/** Somebody does one thing in a room; over when the server has it. Answers how many minutes the others take before the next. */
export async function playLine(actor: Actor, room: RoomId, line: Line): Promise<number> {
  const { actions } = actor.client;
  if (!("kind" in line)) {
    const [, text] = line;
    await untilSent(actor, room, valueOf(await actions.send({ room, text })));
    return minutesFor(text);
  }
  switch (line.kind) {
    case "answer": {
      const to = await entryOf(actor, room, line.to);
      await untilSent(actor, room, valueOf(await actions.send({ room, text: line.text, to })));
      return minutesFor(line.text);
    }
    case "change": {
      const entry = await entryOf(actor, room, line.of);
      valueOf(await actions.edit({ room, entry, text: line.text }));
      await seenIn(actor, room, (view) =>
        messagesOf(view).find((one) => one.text === line.text && one.pending === null && isSent(one)),
      );
      return 1;
    }
    case "delete": {
      const entry = await entryOf(actor, room, line.of);
      valueOf(await actions.deleteForAll({ room, entry }));
      await seenIn(actor, room, ({ entries }) =>
        entries.find((one) => one.kind === "deleted" && one.entry === entry && one.deletedAt !== null),
      );
      return 1;
    }
    case "send": {
      const { bytes, ...about } = line.file.make();
      const source = new Blob([bytes], { type: about.type });
      const sent = await actions.sendFile({ room, source, name: line.file.name, ...about });
      await untilSent(actor, room, valueOf(sent));
      return 2;
    }
  }
}

/** As long as the next one takes to read it and to answer. */
const minutesFor = (text: string): number => 1 + (text.length % 90) / 20;

const isSent = ({ state }: { readonly state: { readonly kind: string } }): boolean => state.kind === "sent";

const messagesOf = ({ entries }: RoomView): readonly Message[] =>
  entries.filter((line): line is Message => line.kind === "message");

async function untilSent(actor: Actor, room: RoomId, entry: EntryId): Promise<void> {
  await seenIn(actor, room, ({ entries }) =>
    entries.find(
      (line) => (line.kind === "message" || line.kind === "file") && line.entry === entry && isSent(line),
    ),
  );
}

/** The message with these words; waits until this person has it. */
async function entryOf(actor: Actor, room: RoomId, text: string): Promise<EntryId> {
  const { entry } = await seenIn(actor, room, (view) =>
    messagesOf(view).find((line) => line.text === text && isSent(line)),
  );
  return entry;
}
