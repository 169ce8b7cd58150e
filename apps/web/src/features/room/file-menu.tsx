import type { RoomView } from "@sotto/client";
import { Camera, FileUp, ImageUp, Mic, Paperclip, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";
import { FileSheet } from "./file-sheet.tsx";
import { useFilesGiven } from "./use-files-given.ts";
import { VoiceNote } from "./voice-note.tsx";

const FILES_MAX = 10;

type Choice = "photo" | "camera" | "file";

const ACCEPTED: Readonly<Record<Choice, string>> = { photo: "image/*", camera: "image/*", file: "" };

/** How a photo, a file or a voice note gets into a room: chosen here, pasted, or dropped on the conversation. Nothing goes before it has been looked at. */
export function FileMenu(props: { readonly room: RoomView }) {
  const [isOpen, setOpen] = useState(false);
  const [isSpeaking, setSpeaking] = useState(false);
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const take = (given: readonly File[]) => {
    setOpen(false);
    setProblem(given.length > FILES_MAX ? words.files.tooMany : null);
    setChosen(given.slice(0, FILES_MAX));
  };
  const isOver = useFilesGiven(place, take);
  // The field of a file chooser is the only way to ask for one; it is made for each choice, and looks like nothing.
  const choose = (choice: Choice) => {
    const field = input.current;
    if (field === null) return;
    field.accept = ACCEPTED[choice];
    field.multiple = choice !== "camera";
    if (choice === "camera") field.setAttribute("capture", "environment");
    else field.removeAttribute("capture");
    field.click();
  };
  useEffect(() => {
    const field = input.current;
    const changed = () => {
      const given = [...(field?.files ?? [])];
      // The same file may be chosen again.
      if (field !== null) field.value = "";
      if (given.length > 0) take(given);
    };
    field?.addEventListener("change", changed);
    return () => field?.removeEventListener("change", changed);
  });
  return (
    <>
      {problem === null ? null : <Banner>{problem}</Banner>}
      {isOver ? <p className="drop-here">{words.files.drop}</p> : null}
      <div ref={place} className="file-menu">
        <Button
          tone="plain"
          className="attach"
          expanded={isOpen}
          label={isOpen ? words.files.closeMenu : words.files.attach}
          onPress={() => setOpen(!isOpen)}
        >
          {isOpen ? <X aria-hidden="true" /> : <Paperclip aria-hidden="true" />}
        </Button>
        {isOpen ? (
          <div className="file-choices">
            <Button onPress={() => choose("photo")}>
              <ImageUp aria-hidden="true" size={20} />
              {words.files.photo}
            </Button>
            {matchMedia("(pointer: coarse)").matches ? (
              <Button onPress={() => choose("camera")}>
                <Camera aria-hidden="true" size={20} />
                {words.files.camera}
              </Button>
            ) : null}
            <Button onPress={() => choose("file")}>
              <FileUp aria-hidden="true" size={20} />
              {words.files.file}
            </Button>
            <Button
              onPress={() => {
                setOpen(false);
                setSpeaking(true);
              }}
            >
              <Mic aria-hidden="true" size={20} />
              {words.files.voice}
            </Button>
          </div>
        ) : null}
        <input ref={input} type="file" hidden tabIndex={-1} aria-hidden="true" />
      </div>
      {chosen.length === 0 ? null : (
        <FileSheet
          room={props.room}
          files={chosen}
          onClose={() => setChosen([])}
          onProblem={(text) => setProblem(text)}
        />
      )}
      {isSpeaking ? (
        <VoiceNote
          room={props.room}
          onClose={() => setSpeaking(false)}
          onProblem={(text) => setProblem(text)}
        />
      ) : null}
    </>
  );
}
