import { describe, expect, it } from "vitest";
import { faultOf } from "../../testing/damage.ts";
import { unsafeSeededRandom } from "../../testing/people.ts";
import { concatBytes } from "../codec/bytes.ts";
import { fromBase64, toBase64 } from "../codec/text.ts";
import { signPublicOf } from "../primitives/sign.ts";
import { openCheckpoint, openNote, signCheckpoint, signNote } from "./checkpoint.ts";

const random = unsafeSeededRandom("checkpoint");
const signSeed = random(32);
const publicKey = await signPublicOf(signSeed);
const origin = "sotto/0a000000-0000-4000-8000-000000000000";
const checkpoint = { origin, size: 20_852_163, root: random(32) };
const text = await signCheckpoint({ checkpoint, signSeed });
const fault = (
  changed: string,
  place: Partial<Parameters<typeof openCheckpoint>[0]> = {},
): Promise<string | null> => faultOf(openCheckpoint({ text: changed, origin, publicKey, ...place }));

// The example of C2SP signed-note, section "Example" of the Ed25519 signature type.
const specName = "example.com/foo";
const specKey = fromBase64("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k").slice(1);
const specNote =
  "This is an example message.\n\n" +
  "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

describe("signed notes", () => {
  it("open the example of the C2SP specification", async () => {
    expect(await openNote({ note: specNote, name: specName, publicKey: specKey })).toBe(
      "This is an example message.\n",
    );
    const changed = specNote.replace("example message", "exemplar massage");
    expect(await faultOf(openNote({ note: changed, name: specName, publicKey: specKey }))).toBe("unverified");
    expect(await faultOf(openNote({ note: specNote, name: "example.com/bar", publicKey: specKey }))).toBe(
      "unverified",
    );
  });

  it("pass over signatures of keys they do not know, and need one they know", async () => {
    const own = text.split("\n")[4] ?? "";
    const foreign = `— example.com/witness ${toBase64(random(68))}`;
    const twice = text.replace(own, `${foreign}\n${own}`);
    expect(await openCheckpoint({ text: twice, origin, publicKey })).toEqual(checkpoint);
    expect(await fault(text.replace(own, foreign))).toBe("unverified");
    expect(await fault(text.replace(own, Array.from({ length: 17 }, () => own).join("\n")))).toBe(
      "unverified",
    );
  });

  it("pass over another key under the log's name", async () => {
    const own = text.split("\n")[4] ?? "";
    const twice = text.replace(own, `— ${origin} ${toBase64(random(68))}\n${own}`);
    expect(await openCheckpoint({ text: twice, origin, publicKey })).toEqual(checkpoint);
  });

  it("refuse a known key's broken signature even beside a good one", async () => {
    const own = text.split("\n")[4] ?? "";
    const blob = fromBase64(own.split(" ")[2] ?? "");
    const broken = `— ${origin} ${toBase64(concatBytes(blob.slice(0, 67), Uint8Array.of((blob[67] ?? 0) ^ 1)))}`;
    expect(await fault(text.replace(own, `${own}\n${broken}`))).toBe("unverified");
  });

  it("refuse names that a note cannot hold", async () => {
    for (const name of ["", "a b", "a+b", "a\nb"]) {
      expect(await faultOf(signNote({ text: "x\n", name, signSeed }))).toBe("misuse");
    }
    expect(await faultOf(signNote({ text: "x", name: "a", signSeed }))).toBe("misuse");
  });
});

describe("checkpoints", () => {
  it("open to what was signed", async () => {
    expect(text.split("\n").slice(0, 2)).toEqual([origin, "20852163"]);
    expect(await openCheckpoint({ text, origin, publicKey })).toEqual(checkpoint);
    const empty = { ...checkpoint, size: 0 };
    expect(
      await openCheckpoint({
        text: await signCheckpoint({ checkpoint: empty, signSeed }),
        origin,
        publicKey,
      }),
    ).toEqual(empty);
  });

  it("T8: fail in one way for another origin, key, size or root", async () => {
    expect(await fault(text, { origin: "sotto/other" })).toBe("unverified");
    expect(await fault(text, { publicKey: await signPublicOf(random(32)) })).toBe("unverified");
    expect(await fault(text.replace("20852163", "20852164"))).toBe("unverified");
    expect(await fault("")).toBe("unverified");
    expect(await fault(text.slice(0, -1))).toBe("unverified");
    expect(await fault(`\ud800${text}`)).toBe("unverified");
    expect(await fault("x".repeat(30_000))).toBe("unverified");
  });

  it("refuse signed text that is no checkpoint of ours", async () => {
    const root = toBase64(checkpoint.root);
    const bodies = [
      `${origin}\n020852163\n${root}\n`,
      `${origin}\n-1\n${root}\n`,
      `${origin}\n9007199254740993\n${root}\n`,
      `${origin}\n1\n${root.slice(4)}\n`,
      `${origin}\n1\n!!\n`,
      `${origin}\n1\n${root}\nextension\n`,
      `${origin}\n1\n`,
      `other\n1\n${root}\n`,
    ];
    for (const body of bodies)
      expect([body, await fault(await signNote({ text: body, name: origin, signSeed }))]).toEqual([
        body,
        "unverified",
      ]);
    expect(await faultOf(signCheckpoint({ checkpoint: { ...checkpoint, size: -1 }, signSeed }))).toBe(
      "misuse",
    );
    expect(await faultOf(signCheckpoint({ checkpoint: { ...checkpoint, root: random(31) }, signSeed }))).toBe(
      "misuse",
    );
  });
});
