import { FILE_TYPE_BYTES_MAX, fileName, plainType } from "@sotto/domain";
import type { EntryId, FileEntry, FileId, RoomId } from "@sotto/domain";
import { encodeUtf8, FILE_BYTES_MAX } from "@sotto/vault";
import type { Actions, Done } from "../client.ts";
import { DONE, refused } from "../done.ts";
import { isEncodable } from "../entry/codec.ts";
import type { Home } from "../home.ts";
import { toId } from "../ids.ts";
import { refusalToWrite } from "./read-only.ts";
import { unlocked } from "./unlocked.ts";

type FileActions = Pick<
  Actions,
  "sendFile" | "cancelFile" | "retryFile" | "openFile" | "filePreview" | "removeFile"
>;

/** Any id serves to measure the rest of an entry. */
const ANY_ID = toId<FileId>("00000000-0000-4000-8000-000000000000");
const TYPE_UNKNOWN = "application/octet-stream";

/** What everybody does with files. `home` answers null while locked. */
export function makeFileActions(home: () => Home | null): FileActions {
  return {
    sendFile: ({ readers, room, source, ...about }) =>
      unlocked(home, async (open) => {
        const { files, rooms } = open;
        const memory = rooms.get(room) ?? (await rooms.opened(room));
        if (memory === null) return refused("not-here");
        const closed = refusalToWrite(open, memory);
        if (closed !== null) return refused(closed);
        if (source.size > FILE_BYTES_MAX) return refused("file-too-large");
        if (source.size === 0) return refused("file-unreadable");
        const type = plainType(about.type);
        const said = {
          ...about,
          name: fileName(about.name),
          type: type === "" || encodeUtf8(type).length > FILE_TYPE_BYTES_MAX ? TYPE_UNKNOWN : type,
        };
        if (!isSayable(said)) return refused("malformed");
        const members = memory.state.members.map((member) => member.account);
        return files.uploads.add({ room, readers: readers ?? members, source, about: said });
      }),
    cancelFile: ({ entry }) =>
      unlocked(home, async ({ files }) => ((await files.uploads.cancel(entry)) ? DONE : refused("not-here"))),
    retryFile: ({ entry, readers }) =>
      unlocked(home, async ({ files }) =>
        // Whether it may be sent there now is looked at when its turn comes.
        (await files.uploads.retry(entry, readers)) ? DONE : refused("not-here"),
      ),
    openFile: ({ entry, room }) =>
      unlocked(home, async ({ files, rooms }) => {
        await rooms.opened(room);
        const body = files.find(room, entry);
        return body === null ? refused("not-here") : files.downloads.open({ room, entry, body });
      }),
    filePreview: async ({ entry, room }) => {
      const preview = home()?.files.find(room, entry)?.preview ?? null;
      return preview === null ? null : new Uint8Array(preview);
    },
    removeFile: (place) => unlocked(home, (open) => removeBytes(open, place)),
  };
}

/** Takes the bytes of a file away from the server, and from this device. `not-here` when they are gone already. */
export async function removeBytes(
  { call, files, rooms }: Home,
  { entry, room }: { readonly room: RoomId; readonly entry: EntryId },
): Promise<Done> {
  await rooms.opened(room);
  const body = files.find(room, entry);
  if (body === null) return refused("not-here");
  const answer = await call("removeFile", { params: { room, file: body.file } });
  if (answer.kind === "refused") return answer;
  await files.kept.forget({ file: body.file });
  return DONE;
}

/** True when an entry can carry all that is said about the file. */
const isSayable = (about: Pick<FileEntry, "name" | "type" | "picture" | "durationMs" | "preview">): boolean =>
  isEncodable({
    kind: "file",
    file: ANY_ID,
    key: new Uint8Array(32),
    hash: new Uint8Array(32),
    size: 0,
    ...about,
  });
