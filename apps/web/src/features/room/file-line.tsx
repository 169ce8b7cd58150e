import type { Actions, ClientRefusal, FileView, RoomLineEntry, TransferView } from "@sotto/client";
import { Download, FileText, ImageIcon, Mic } from "lucide-react";
import { useEffect, useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { Progress } from "../../ui/sheet.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { sayProblem, words } from "../../words/words.ts";
import { useFileDesk } from "./file-desk.ts";
import { FileViewer } from "./file-viewer.tsx";
import { SaveFile } from "./save-file.tsx";
import { useBlobUrl } from "./use-blob-url.ts";

export type FileLineEntry = RoomLineEntry & { readonly kind: "file" };
type FilePlace = Parameters<Actions["openFile"]>[0];

/** A voice note is known by its name alone; of everything else the ending says something too. */
const nameOf = ({ durationMs, name }: FileView): string => {
  if (name === "") return words.files.unnamed;
  return durationMs === null ? name : name.replace(/\.[A-Za-z0-9]{1,8}$/, "");
};

/** A file in the conversation: what it is, how far it has come, and the ways to look at it. */
export function FileSaid(props: { readonly line: FileLineEntry; readonly place: FilePlace }) {
  const { line, place } = props;
  const { actions, transfers } = useFileDesk();
  const [shown, setShown] = useState<{ readonly blob: Blob; readonly way: "view" | "save" } | null>(null);
  const { attempt, problem } = useAttempt<ClientRefusal>();
  const open = (way: "view" | "save") =>
    attempt(
      () => actions.openFile(place),
      (blob) => setShown({ blob, way }),
    );
  const { file } = line;
  const transfer = transfers.find(({ entry }) => entry === line.entry);
  // While it is on its way out there is nothing to do with it but to stop it.
  const isLeaving = transfer !== undefined && transfer.kind !== "receiving";
  const said = sayProblem(problem);
  return (
    <div className="file">
      {file.viewer === "image" ? (
        <Picture place={place} file={file} onOpen={() => open("view")} />
      ) : (
        <div className="file-head">
          {file.viewer === "audio" ? (
            <Mic aria-hidden="true" size={28} />
          ) : (
            <FileText aria-hidden="true" size={28} />
          )}
          <div className="stack-tight grow">
            <strong className="file-name">{nameOf(file)}</strong>
            <span className="quiet">{words.files.about(file)}</span>
          </div>
        </div>
      )}
      {file.viewer === "audio" && shown?.way === "view" ? <Sound file={file} blob={shown.blob} /> : null}
      {isLeaving ? null : (
        <div className="row">
          {file.viewer === "audio" && shown?.way !== "view" ? (
            <Button label={words.files.playName(nameOf(file))} onPress={() => open("view")}>
              {words.files.play}
            </Button>
          ) : null}
          {file.viewer === "pdf" ? (
            <Button label={words.files.openName(nameOf(file))} onPress={() => open("view")}>
              {words.files.open}
            </Button>
          ) : null}
          <Button tone="plain" label={words.files.saveName(nameOf(file))} onPress={() => open("save")}>
            <Download aria-hidden="true" size={20} />
            {words.files.save}
          </Button>
        </div>
      )}
      {transfer === undefined ? null : <Moving transfer={transfer} name={nameOf(file)} />}
      {said === null ? null : <Banner>{said}</Banner>}
      {shown?.way === "save" ? (
        <SaveFile file={file} blob={shown.blob} onClose={() => setShown(null)} />
      ) : null}
      {shown?.way === "view" && file.viewer !== "audio" ? (
        <FileViewer
          name={nameOf(file)}
          viewer={file.viewer}
          blob={shown.blob}
          onSave={() => setShown({ blob: shown.blob, way: "save" })}
          onClose={() => setShown(null)}
        />
      ) : null}
    </div>
  );
}

/** The small picture that came with a photo; without one, a sign. */
function Picture(props: { readonly place: FilePlace; readonly file: FileView; readonly onOpen: () => void }) {
  const { file, place } = props;
  const { actions } = useFileDesk();
  const { entry, room } = place;
  const [preview, setPreview] = useState<Blob | null>(null);
  useEffect(() => {
    if (!file.hasPreview) return undefined;
    let isHere = true;
    void actions.filePreview({ room, entry }).then((bytes) => {
      if (isHere && bytes !== null) setPreview(new Blob([bytes]));
    });
    return () => {
      isHere = false;
    };
  }, [actions, entry, file.hasPreview, room]);
  const url = useBlobUrl(preview);
  const { height, width } = file.picture ?? { width: 4, height: 3 };
  return (
    <Button
      tone="plain"
      className="picture"
      label={words.files.openName(nameOf(file))}
      onPress={props.onOpen}
    >
      {url === null ? (
        <ImageIcon aria-hidden="true" size={40} />
      ) : (
        <img src={url} alt="" width={width} height={height} />
      )}
    </Button>
  );
}

function Sound(props: { readonly file: FileView; readonly blob: Blob }) {
  const url = useBlobUrl(props.blob);
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <p>{words.files.noSound}</p>;
  return url === null ? null : (
    // Saving goes by its own button, which says what it means.
    <audio
      controls
      controlsList="nodownload"
      autoPlay
      src={url}
      aria-label={words.files.soundOf(nameOf(props.file))}
      onError={() => setBroken(true)}
    />
  );
}

function Moving(props: { readonly transfer: TransferView; readonly name: string }) {
  const { transfer } = props;
  const { actions } = useFileDesk();
  return (
    <div className="file-moving">
      <Progress label={words.files.moving(transfer)} value={transfer.done} max={transfer.bytes} />
      {transfer.kind === "receiving" ? null : (
        <Button
          tone="plain"
          label={words.files.stopName(props.name)}
          onPress={() => void actions.cancelFile({ entry: transfer.entry })}
        >
          {words.files.stop}
        </Button>
      )}
    </div>
  );
}
