/** Kinds of sound that browsers record, the one that most of them play first. */
const KINDS = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/mp4", "audio/webm"];
const BITS_PER_SECOND = 32_000;

export interface Recording {
  readonly stop: () => Promise<{ readonly source: Blob; readonly durationMs: number }>;
  readonly discard: () => void;
}

/** Opens the microphone and records until stopped. `refused`: the person or their browser said no. `missing`: there is none. */
export async function startRecording(): Promise<Recording | "refused" | "missing"> {
  const kind = KINDS.find((type) => MediaRecorder.isTypeSupported(type));
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch (error) {
    const isMissing = error instanceof DOMException && error.name === "NotFoundError";
    return isMissing ? "missing" : "refused";
  }
  const closeMicrophone = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: BITS_PER_SECOND,
    ...(kind === undefined ? {} : { mimeType: kind }),
  });
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const ended = new Promise<void>((resolve) => {
    recorder.addEventListener("stop", () => resolve());
  });
  const from = performance.now();
  recorder.start(1000);
  return {
    stop: async () => {
      const durationMs = Math.round(performance.now() - from);
      if (recorder.state !== "inactive") recorder.stop();
      await ended;
      closeMicrophone();
      const type = (recorder.mimeType.split(";")[0] ?? "").trim();
      return { source: new Blob(parts, { type }), durationMs };
    },
    discard: () => {
      if (recorder.state !== "inactive") recorder.stop();
      closeMicrophone();
      parts.length = 0;
    },
  };
}
