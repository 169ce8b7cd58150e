import { Aes256Gcm, CipherSuite, HkdfSha512 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { fromHex, idToBytes, toHex } from "@sotto/vault";
import { createHash, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readVectors } from "./shapes.ts";
import type { IdentityVectors, RoomVectors } from "./shapes.ts";

/**
 * Opens a room's events by docs/formats/room.md alone, with an HPKE that shares no code with ours, and Node's own HKDF and
 * SHA-256. What our readers accept is therefore what the document says.
 */
const { people } = readVectors<IdentityVectors>("identity");
const events = ["room", "room-2"].flatMap((name) => readVectors<RoomVectors>(name).events);
const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha512(), aead: new Aes256Gcm() });

const label = (text: string): Buffer => Buffer.concat([Buffer.of(text.length), Buffer.from(text)]);

describe("a second implementation", () => {
  it.each(events)("opens event $epoch, $action, for every member", async (event) => {
    const bytes = fromHex(event.bytes);
    const closedLength = event.closed === undefined ? 0 : 1;
    const headerLength = 11 + 6 + 16 + 4 + 32 + 16 + 1 + 2 + 49 * event.members.length + closedLength;
    const headerHash = createHash("sha256").update(bytes.subarray(0, headerLength)).digest();
    const info = Buffer.concat([label("fam/room/1"), label("seed"), headerHash]);
    for (const [place, member] of event.members.entries()) {
      const person = people.find((candidate) => candidate.hash === member.identity);
      const start = headerLength + place * 1168;
      const privateKey = fromHex(person?.kemPrivate ?? "");
      const recipientKey = await suite.kem.importKey("raw", privateKey.buffer, false);
      const enc = bytes.slice(start, start + 1120);
      const recipient = await suite.createRecipientContext({ recipientKey, enc, info });
      const seed = await recipient.open(bytes.slice(start + 1120, start + 1168), idToBytes(member.account));
      const content = hkdfSync("sha256", new Uint8Array(seed), headerHash, label("fam/room/1 content"), 32);
      expect(toHex(new Uint8Array(content))).toBe(event.content);
    }
  });
});
