import { concatBytes, drawBytes, equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import {
  joinSalted,
  openingFailsOneWay,
  openSalted,
  padTo,
  SALT_BYTES,
  sealSalted,
  splitSalted,
  unpad,
} from "../primitives/salted-seal.ts";

/**
 * What a device says of itself, `fam/device-note/1`: sealed under the vault key, so that only this person's own clients read it, and
 * bound to its session. All notes are of one size.
 */
const LABEL = "fam/device-note/1";
const NOTE_BYTES = 256;
const TIME_ZONE_BYTES_MAX = 64;

export const BROWSERS = [
  "unknown",
  "program",
  "chrome",
  "edge",
  "firefox",
  "opera",
  "safari",
  "samsung",
] as const;
export const SYSTEMS = [
  "unknown",
  "android",
  "chromeos",
  "ios",
  "ipados",
  "linux",
  "macos",
  "windows",
] as const;

export type DeviceNote = {
  /** Made at random by the device and kept there: the same device is known again by it. */
  readonly device: string;
  readonly browser: (typeof BROWSERS)[number];
  readonly system: (typeof SYSTEMS)[number];
  /** The IANA name of the time zone that the device is set to; empty when it does not say. */
  readonly timeZone: string;
};

/** Whose note it is, and of which session. A note under another session or account does not open. */
export type NotePlace = { readonly account: string; readonly session: string };

const start = ByteWriter.labelled(LABEL).bytes();
const aadOf = (place: NotePlace): Bytes =>
  ByteWriter.labelled(LABEL).id(place.account).id(place.session).bytes();

const encodeNote = (note: DeviceNote): Bytes =>
  ByteWriter.labelled(LABEL)
    .id(note.device)
    .unsigned(BROWSERS.indexOf(note.browser), 1)
    .unsigned(SYSTEMS.indexOf(note.system), 1)
    .text(note.timeZone, TIME_ZONE_BYTES_MAX)
    .bytes();

const decodeNote = (bytes: Bytes): DeviceNote => {
  const reader = ByteReader.labelled(bytes, LABEL, NOTE_BYTES);
  const note = {
    device: reader.id(),
    browser: reader.choice(BROWSERS),
    system: reader.choice(SYSTEMS),
    timeZone: reader.text(TIME_ZONE_BYTES_MAX),
  };
  reader.end();
  return note;
};

/** A note for the server to keep: label, salt, ciphertext of one size. Throws `misuse` for a time zone that is too long. */
export async function sealDeviceNote(sealing: {
  readonly vaultKey: Bytes;
  readonly place: NotePlace;
  readonly note: DeviceNote;
  readonly random: Random;
}): Promise<Bytes> {
  if (sealing.vaultKey.length !== 32) throw new VaultFault("misuse");
  const salt = drawBytes(sealing.random, SALT_BYTES);
  const body = padTo(encodeNote(sealing.note), NOTE_BYTES);
  const key = sealing.vaultKey;
  const sealed = await sealSalted({ key, info: start, salt, aad: aadOf(sealing.place), body });
  return concatBytes(start, joinSalted(salt, sealed));
}

/** What a note says. Throws `unopenable`, whatever the cause. */
export async function openDeviceNote(opening: {
  readonly vaultKey: Bytes;
  readonly place: NotePlace;
  readonly sealed: Bytes;
}): Promise<DeviceNote> {
  const { place, vaultKey: key } = opening;
  if (key.length !== 32) throw new VaultFault("misuse");
  if (!equalBytes(opening.sealed.slice(0, start.length), start)) throw new VaultFault("unopenable");
  const { salt, sealed } = splitSalted(opening.sealed.slice(start.length));
  return openingFailsOneWay(async () =>
    decodeNote(
      unpad(await openSalted({ key, info: start, salt, aad: aadOf(place), sealed }), () => NOTE_BYTES),
    ),
  );
}
