import type { RoomView } from "@sotto/client";
import { hiddenIn } from "@sotto/domain";
import { FileText, ShieldCheck, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, Check } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { sayProblem, words } from "../../words/words.ts";
import { useFileDesk, type ReadyFile } from "./file-desk.ts";
import { FileReaders } from "./file-readers.tsx";
import { useBlobUrl } from "./use-blob-url.ts";

/** What is about to be sent, to whom, and what may be inside it: looked at before anything goes. */
export function FileSheet(props: {
  readonly room: RoomView;
  readonly files: readonly File[];
  readonly onClose: () => void;
  readonly onProblem: (text: string | null) => void;
}) {
  const { files, room } = props;
  const { actions, tools } = useFileDesk();
  const [keepSize, setKeepSize] = useState(false);
  const [made, setMade] = useState<{
    readonly keepSize: boolean;
    readonly files: readonly ReadyFile[];
  } | null>(null);
  const ready = made?.keepSize === keepSize ? made.files : null;
  const isSent = useRef(false);
  useEffect(() => {
    let isHere = true;
    void Promise.all(files.map((file) => tools.makeReady(file, { keepSize }))).then((all) => {
      if (isHere) setMade({ keepSize, files: all });
    });
    return () => {
      isHere = false;
    };
  }, [files, keepSize, tools]);
  const send = () => {
    if (ready === null || isSent.current) return;
    isSent.current = true;
    const readers = room.readers.map(({ account }) => account);
    const sendAll = async (): Promise<void> => {
      for (const { isClean: _clean, ...file } of ready) {
        const outcome = await actions.sendFile({ room: room.room, readers, ...file });
        if (outcome.kind === "refused" && outcome.refusal !== "cancelled") {
          props.onProblem(sayProblem(outcome.refusal));
          return;
        }
      }
    };
    void sendAll().catch(() => props.onProblem(words.fault));
    props.onClose();
  };
  const hasPicture = files.some((file) => file.type.startsWith("image/"));
  return (
    <Sheet title={words.files.chooseTitle(files.length)} onClose={props.onClose}>
      {ready === null ? (
        <p role="status">{words.files.preparing}</p>
      ) : (
        <ul className="plain-list">
          {ready.map((file, index) => (
            <Chosen key={`${String(index)} ${file.name}`} file={file} />
          ))}
        </ul>
      )}
      {hasPicture ? <Check label={words.files.keepSize} checked={keepSize} onChange={setKeepSize} /> : null}
      <FileReaders room={room} />
      <div className="row">
        <Button onPress={props.onClose}>{words.files.cancel}</Button>
        <Button tone="primary" onPress={send} disabled={ready === null}>
          {words.files.send}
        </Button>
      </div>
    </Sheet>
  );
}

function Chosen(props: { readonly file: ReadyFile }) {
  const { isClean, name, picture, source, type } = props.file;
  const url = useBlobUrl(picture === null ? null : source);
  return (
    <li className="chosen">
      {url === null ? (
        <FileText aria-hidden="true" size={32} />
      ) : (
        <img className="chosen-picture" src={url} alt={name} />
      )}
      <div className="stack-tight grow">
        <strong className="file-name">{name}</strong>
        <span className="quiet">{words.files.size(source.size)}</span>
        {isClean ? (
          <span className="file-note">
            <ShieldCheck aria-hidden="true" size={18} />
            {words.files.isClean}
          </span>
        ) : (
          <span className="file-note" data-tone="care">
            <TriangleAlert aria-hidden="true" size={18} />
            <span>
              {words.hiddenInside[hiddenIn(type)]} {words.files.isAsIs}
            </span>
          </span>
        )}
      </div>
    </li>
  );
}
