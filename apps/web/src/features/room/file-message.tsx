import type { RoomView } from "@sotto/client";
import { memo } from "react";
import { FileSaid, type FileLineEntry } from "./file-line.tsx";
import { FileRefused } from "./file-refused.tsx";
import { FileMessageMenu, type MessageActs } from "./message-menu.tsx";
import { Said, type SaidPlace } from "./said.tsx";

/** One file that was sent, or is on its way. */
export const FileMessage = memo(function FileMessage(
  props: SaidPlace & {
    readonly line: FileLineEntry;
    readonly room: RoomView["room"];
    /** Those who would read it; nobody where there is no place to write any more. */
    readonly readers: RoomView["readers"];
    readonly acts: MessageActs;
  },
) {
  const { acts, line, room } = props;
  return (
    <Said
      line={line}
      follows={props.follows}
      isFound={props.isFound}
      more={<FileMessageMenu line={line} acts={acts} />}
    >
      <FileSaid line={line} place={{ room, entry: line.entry }} />
      <FileRefused line={line} readers={props.readers} onDiscard={acts.onDiscard} />
    </Said>
  );
});
