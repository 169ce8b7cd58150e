import type { FileView } from "@sotto/client";
import { plainType } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Check } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { words } from "../../words/words.ts";
import { useFileDesk } from "./file-desk.ts";

/** A plain name keeps the ending alone, so that the device still knows what to do with it. */
const plainName = (name: string): string =>
  `${words.files.plain}${/\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ""}`;

/** Says what saving means before a file leaves Sotto for the device. */
export function SaveFile(props: {
  readonly file: FileView;
  readonly blob: Blob;
  readonly onClose: () => void;
}) {
  const { blob, file } = props;
  const { tools } = useFileDesk();
  const [isPlain, setPlain] = useState(false);
  const save = () => {
    tools.save(blob, isPlain || file.name === "" ? plainName(file.name) : file.name);
    props.onClose();
  };
  const isDrawing = plainType(file.type) === "image/svg+xml";
  return (
    <Sheet title={words.files.saveTitle} onClose={props.onClose}>
      <p>{words.files.saveText}</p>
      {file.viewer === "none" ? (
        <Banner>{isDrawing ? words.files.saveSvg : words.files.saveUnknown}</Banner>
      ) : null}
      <Check label={words.files.plainName} checked={isPlain} onChange={setPlain} />
      <div className="row">
        <Button onPress={props.onClose}>{words.act.cancel}</Button>
        <Button tone="primary" onPress={save}>
          {words.files.save}
        </Button>
      </div>
    </Sheet>
  );
}
