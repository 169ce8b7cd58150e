import type { StoryFile } from "./story-file.ts";

const RATE = 16_000;
const NOTE_SECONDS = 0.42;
/** Semitones from the A below middle C. */
const TUNE = [-5, -1, 2, 7, 2, -1, -5, -3, 0, 4, 7, 4, 0, -3, -7, -5];

/** Somebody practising: plucked strings (Karplus and Strong, 1983) as a WAV of one channel. */
export const guitar: StoryFile = {
  name: "guitar.wav",
  make: () => {
    const samples = playTune();
    return {
      bytes: encodeWav(samples),
      type: "audio/wav",
      picture: null,
      durationMs: Math.round((samples.length / RATE) * 1000),
      preview: null,
    };
  },
};

function playTune(): Float64Array {
  const step = Math.round(NOTE_SECONDS * RATE);
  const samples = new Float64Array(step * (TUNE.length + 4));
  for (const [index, semitone] of TUNE.entries()) {
    const string = pluck(220 * 2 ** (semitone / 12), samples.length - index * step);
    for (const [place, value] of string.entries()) {
      samples[index * step + place] = (samples[index * step + place] ?? 0) + value * 0.3;
    }
  }
  return samples;
}

/** A string that begins as noise, and is smoothed each time that it goes round. */
function pluck(hertz: number, length: number): Float64Array {
  const round = Math.round(RATE / hertz);
  const string = new Float64Array(length);
  // The same noise for every string: a sequence that only has to sound like noise.
  let noise = 1;
  for (let place = 0; place < length; place++) {
    if (place < round) {
      noise = (noise * 16_807) % 2_147_483_647;
      string[place] = (noise / 2_147_483_647) * 2 - 1;
    } else {
      const [one, other] = [string[place - round] ?? 0, string[place - round - 1] ?? 0];
      string[place] = 0.498 * (one + other);
    }
  }
  return string;
}

function encodeWav(samples: Float64Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (place: number, words: string) => bytes.set(new TextEncoder().encode(words), place);
  text(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, samples.length * 2, true);
  for (const [index, sample] of samples.entries()) {
    view.setInt16(44 + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true);
  }
  return bytes;
}
