import type { RoomView } from "@sotto/client";
import { useEffect, useRef, useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { sayProblem, words } from "../../words/words.ts";
import { useFileDesk, type Recording } from "./file-desk.ts";
import { FileReaders } from "./file-readers.tsx";
import { useBlobUrl } from "./use-blob-url.ts";

const LASTS_MS_MAX = 15 * 60_000;

type Step =
  | { readonly kind: "asking" }
  | { readonly kind: "no"; readonly why: "refused" | "missing" }
  | { readonly kind: "recording"; readonly recording: Recording; readonly from: number }
  | { readonly kind: "recorded"; readonly source: Blob; readonly durationMs: number };

/** Records a voice note in the page: it is plain when the microphone is open, and nothing goes before its speaker has heard it. */
export function VoiceNote(props: {
  readonly room: RoomView;
  readonly onClose: () => void;
  readonly onProblem: (text: string | null) => void;
}) {
  const { actions, tools } = useFileDesk();
  const [step, setStep] = useState<Step>({ kind: "asking" });
  const [lastMs, setLastMs] = useState(0);
  const open = useRef<Recording | null>(null);
  const stop = async (recording: Recording): Promise<void> => {
    open.current = null;
    const { durationMs, source } = await recording.stop();
    setStep({ kind: "recorded", source, durationMs });
  };
  useEffect(() => {
    let isHere = true;
    void tools.record().then((recording) => {
      if (recording === "refused" || recording === "missing") {
        if (isHere) setStep({ kind: "no", why: recording });
      } else if (isHere) {
        open.current = recording;
        setStep({ kind: "recording", recording, from: performance.now() });
      } else recording.discard();
    });
    return () => {
      isHere = false;
      // Whichever way this goes away, the microphone is closed with it.
      open.current?.discard();
      open.current = null;
    };
  }, [tools]);
  useEffect(() => {
    if (step.kind !== "recording") return undefined;
    const timer = setInterval(() => {
      const lasts = performance.now() - step.from;
      setLastMs(lasts);
      if (lasts >= LASTS_MS_MAX) void stop(step.recording);
    }, 250);
    return () => clearInterval(timer);
  }, [step]);
  const send = (source: Blob, durationMs: number) => {
    const readers = props.room.readers.map(({ account }) => account);
    const name = `${words.files.voiceName(Date.now())}.${source.type.startsWith("audio/mp4") ? "m4a" : "webm"}`;
    const wish = { room: props.room.room, source, name, type: source.type, durationMs, readers };
    actions.sendFile({ ...wish, picture: null, preview: null }).then(
      (outcome) => {
        if (outcome.kind === "refused") props.onProblem(sayProblem(outcome.refusal));
      },
      () => props.onProblem(words.fault),
    );
    props.onClose();
  };
  return (
    <Sheet title={words.voice.title} onClose={props.onClose}>
      {step.kind === "asking" ? <p role="status">{words.voice.asking}</p> : null}
      {step.kind === "no" ? <Banner>{words.voice[step.why]}</Banner> : null}
      {step.kind === "recording" ? (
        <p className="recording" role="status">
          <span className="recording-dot" aria-hidden="true" />
          <strong>{words.voice.recording}</strong>
          <span aria-hidden="true">{words.files.lasting(lastMs)}</span>
        </p>
      ) : null}
      {step.kind === "recorded" ? <Recorded {...step} /> : null}
      {step.kind === "no" ? null : <FileReaders room={props.room} />}
      <div className="row">
        <Button onPress={props.onClose}>
          {step.kind === "no" ? words.files.close : words.voice.discard}
        </Button>
        {step.kind === "recording" ? (
          <Button tone="primary" onPress={() => void stop(step.recording)}>
            {words.voice.stop}
          </Button>
        ) : null}
        {step.kind === "recorded" ? (
          <Button tone="primary" onPress={() => send(step.source, step.durationMs)}>
            {words.voice.send}
          </Button>
        ) : null}
      </div>
    </Sheet>
  );
}

function Recorded(props: { readonly source: Blob; readonly durationMs: number }) {
  const url = useBlobUrl(props.source);
  return (
    <>
      <p>
        {words.voice.listen}
        {props.durationMs >= LASTS_MS_MAX ? ` ${words.voice.tooLong}` : null}
      </p>
      {url === null ? null : (
        <audio controls controlsList="nodownload" src={url} aria-label={words.voice.preview} />
      )}
      <p className="quiet">{words.files.lasting(props.durationMs)}</p>
    </>
  );
}
