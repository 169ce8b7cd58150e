import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { damagedBytes, faultOf, readOrNull } from "../../testing/damage.ts";
import { makeFamilyRoom } from "../../testing/family-room.ts";
import type { FamilyRoom } from "../../testing/family-room.ts";
import { idOf, unsafeSeededRandom, withFlippedBit } from "../../testing/people.ts";
import type { Person } from "../../testing/people.ts";
import { concatBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { toHex } from "../codec/text.ts";
import { signBytes } from "../primitives/sign.ts";
import { openSalted, sealSalted } from "../primitives/salted-seal.ts";
import { ByteWriter } from "../codec/writer.ts";
import { makeRoomEvent } from "../room/chain.ts";
import type { MadeRoomEvent } from "../room/chain.ts";
import type { FrameContent } from "./content.ts";
import { encodeFrameContent, frameBodyBytesMax, frameMessage, SEEN_MAX } from "./content.ts";
import { openFrame, sealFrame } from "./frame.ts";
import type { OpenedFrame } from "./frame.ts";
import { encodeFrameHeader, FRAME_BUCKETS, FRAME_HEADER_BYTES, parseFrameHeader } from "./header.ts";

let family: FamilyRoom;
let next: MadeRoomEvent;
beforeAll(async () => {
  family = await makeFamilyRoom();
  const { created, tess, room, card, identityOf, random } = family;
  const { members } = created.state;
  next = await makeRoomEvent({
    me: tess.secret,
    previous: created.state,
    room,
    action: "re-key",
    members,
    card,
    identityOf,
    random,
  });
});

const plain: FrameContent = {
  stream: "0011223344556677",
  sequence: 0,
  previous: null,
  seen: [],
  kind: 1,
  sentAt: 1_795_000_000_000,
  gossip: null,
  body: new TextEncoder().encode("Good evening"),
};
const seal = (
  by: Person,
  content: Partial<FrameContent> = {},
  random = family.random,
): Promise<{ bytes: Bytes; hash: Bytes }> => {
  const { keys, state } = family.created;
  return sealFrame({ ...plain, ...content, me: by.secret, keys, state, id: idOf("entry"), random });
};
const open = (bytes: Bytes, event = family.created): Promise<OpenedFrame> =>
  openFrame({ bytes, keys: event.keys, state: event.state, identityOf: family.identityOf });

const hash = (fill: number, count = 32): Bytes => new Uint8Array(count).fill(fill);
const stream = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(toHex);
const contents: fc.Arbitrary<FrameContent> = fc
  .record({
    stream,
    sequence: fc.nat(3),
    seen: fc.array(
      fc.record({ stream, epoch: fc.nat(), sequence: fc.nat(), hash16: fc.constant(hash(1, 16)) }),
      { maxLength: SEEN_MAX },
    ),
    kind: fc.nat(0xffff),
    sentAt: fc.nat({ max: 2 ** 48 - 1 }),
    gossip: fc.option(fc.record({ size: fc.maxSafeNat(), root: fc.constant(hash(2)) })),
    body: fc.uint8Array({ maxLength: 5000 }).map((bytes) => new Uint8Array(bytes)),
  })
  .map((content) => ({ ...content, previous: content.sequence === 0 ? null : { epoch: 0, hash: hash(3) } }));

describe("a frame", () => {
  it("gives everybody in the epoch what its author wrote", async () => {
    const { ana } = family;
    await fc.assert(
      fc.asyncProperty(contents, async (content) => {
        const { bytes, hash: frameHash } = await seal(ana, content);
        expect(await open(bytes)).toEqual({
          ...content,
          room: family.room,
          epoch: 0,
          id: idOf("entry"),
          author: ana.secret.account,
          hash: frameHash,
        });
      }),
      { numRuns: 200 },
    );
  });

  it("T22: has one of five lengths", async () => {
    const { ana } = family;
    const lengths = new Set<number>();
    for (const body of [0, 1, 20, 100, 500, 900, 3000, 16_000, 60_000]) {
      const { bytes } = await seal(ana, { body: new Uint8Array(body) });
      lengths.add(bytes.length);
      expect(parseFrameHeader(bytes).author).toBe(ana.secret.account);
    }
    expect([...lengths]).toEqual([...FRAME_BUCKETS]);
  });

  it("holds the longest body that it promises, and not one byte more", async () => {
    const { ana } = family;
    const seen = Array.from({ length: 2 }, () => ({
      stream: plain.stream,
      epoch: 0,
      sequence: 0,
      hash16: hash(1, 16),
    }));
    const full = {
      seen,
      sequence: 1,
      previous: { epoch: 0, hash: hash(1) },
      gossip: { size: 1, root: hash(2) },
    };
    const most = frameBodyBytesMax({ seen: 2, gossip: true });
    expect((await seal(ana, { ...full, body: new Uint8Array(most) })).bytes.length).toBe(65_536);
    expect(await faultOf(seal(ana, { ...full, body: new Uint8Array(most + 1) }))).toBe("misuse");
  });

  it("is not sealed for a reader, a stranger, or with keys of another epoch", async () => {
    const { rita, mallory, ana, created } = family;
    expect(await faultOf(seal(rita))).toBe("misuse");
    expect(await faultOf(seal(mallory))).toBe("misuse");
    const mixed = {
      ...plain,
      me: ana.secret,
      keys: next.keys,
      state: created.state,
      id: idOf("entry"),
      random: family.random,
    };
    expect(await faultOf(sealFrame(mixed))).toBe("misuse");
    expect(await faultOf(seal(ana, { sequence: 1 }))).toBe("misuse");
    expect(await faultOf(seal(ana, { stream: "xyz" }))).toBe("malformed");
  });

  it("T8, T11, T12: opens in its own epoch and branch only", async () => {
    const { bytes } = await seal(family.ana);
    expect(await faultOf(open(bytes, next))).toBe("unopenable");
    expect(
      await faultOf(
        openFrame({ bytes, keys: next.keys, state: family.created.state, identityOf: family.identityOf }),
      ),
    ).toBe("unopenable");
    const other = { ...family.created.state, head: hash(9) };
    const keys = { ...family.created.keys, head: hash(9) };
    expect(await faultOf(openFrame({ bytes, keys, state: other, identityOf: family.identityOf }))).toBe(
      "unopenable",
    );
  });

  it("T5: somebody who holds the keys cannot write as another", async () => {
    const { ana, ben, created, random, room } = family;
    const honest = (await seal(ben)).bytes;
    const info = ByteWriter.labelled("fam/msg/1 content").bytes();
    const outer = honest.slice(0, FRAME_HEADER_BYTES);
    const salt = parseFrameHeader(honest).salt;
    const body = await openSalted({
      key: created.keys.content,
      info,
      salt,
      aad: outer,
      sealed: honest.slice(FRAME_HEADER_BYTES),
    });
    const reseal = async (author: string, id: string): Promise<Bytes> => {
      const fresh = random(16);
      const header = encodeFrameHeader({
        room,
        epoch: 0,
        head16: created.state.head.slice(0, 16),
        id,
        author,
        salt: fresh,
      });
      return concatBytes(
        header,
        await sealSalted({ key: created.keys.content, info, salt: fresh, aad: header, body }),
      );
    };
    expect(await faultOf(open(await reseal(ana.secret.account, idOf("entry"))))).toBe("unopenable");
    // Not even the author's own words under a new salt: the signature covers the header.
    expect(await faultOf(open(await reseal(ben.secret.account, idOf("entry"))))).toBe("unopenable");
    expect(await faultOf(open(await reseal(ben.secret.account, idOf("other"))))).toBe("unopenable");
  });

  it("T21: an author's own frame that is padded or dated otherwise is not opened", async () => {
    const { ana, created, room, random } = family;
    const info = ByteWriter.labelled("fam/msg/1 content").bytes();
    const content = encodeFrameContent(plain);
    const craft = async (epoch: number, size: number, last: number): Promise<string | null> => {
      const salt = random(16);
      const header = encodeFrameHeader({
        room,
        epoch,
        head16: created.state.head.slice(0, 16),
        id: idOf("entry"),
        author: ana.secret.account,
        salt,
      });
      const signature = await signBytes({
        signSeed: ana.secret.signSeed,
        message: frameMessage(header, content),
      });
      const body = new Uint8Array(size - FRAME_HEADER_BYTES - 16);
      body.set(concatBytes(content, signature));
      body[body.length - 1] = last;
      const sealed = await sealSalted({ key: created.keys.content, info, salt, aad: header, body });
      return faultOf(open(concatBytes(header, sealed)));
    };
    expect(await craft(0, 256, 0)).toBeNull();
    expect(await craft(0, 256, 1)).toBe("unopenable");
    expect(await craft(0, 1024, 0)).toBe("unopenable");
    expect(await craft(1, 256, 0)).toBe("unopenable");
  });

  it("opens with keys and a roster of one event only", async () => {
    const { created, identityOf } = family;
    const { bytes } = await seal(family.ana);
    for (const other of [{ head: hash(9) }, { epoch: 1 }, { room: idOf("other") }]) {
      const keys = { ...created.keys, ...other };
      expect(await faultOf(openFrame({ bytes, keys, state: created.state, identityOf }))).toBe("unopenable");
    }
  });

  it("T5: a reader's frame is not opened, though it is well signed", async () => {
    const { rita, created } = family;
    const asMember = {
      ...created.state,
      members: created.state.members.map((member) => ({ ...member, role: "member" as const })),
    };
    const { bytes } = await sealFrame({
      ...plain,
      me: rita.secret,
      keys: created.keys,
      state: asMember,
      id: idOf("entry"),
      random: family.random,
    });
    expect(await faultOf(open(bytes))).toBe("unopenable");
    expect(
      await faultOf(openFrame({ bytes, keys: created.keys, state: created.state, identityOf: () => null })),
    ).toBe("unopenable");
  });

  it("T21: any flipped bit fails in one way", async () => {
    const { bytes } = await seal(family.ana);
    for (let bit = 0; bit < bytes.length * 8; bit += 11) {
      expect([bit, await faultOf(open(withFlippedBit(bytes, bit)))]).toEqual([bit, "unopenable"]);
    }
  });

  it("T21: damaged frames fail in one way, and their header reads or is malformed", async () => {
    const { bytes } = await seal(family.ana);
    fc.assert(
      fc.property(damagedBytes(bytes), (damaged) => {
        const isBucket = FRAME_BUCKETS.some((bucket) => bucket === damaged.length);
        const isLabelled = toHex(damaged.slice(0, 10)) === toHex(bytes.slice(0, 10));
        const header = readOrNull(() => encodeFrameHeader(parseFrameHeader(damaged)));
        expect(header).toEqual(isBucket && isLabelled ? damaged.slice(0, FRAME_HEADER_BYTES) : null);
      }),
      { numRuns: 40_000 },
    );
    await fc.assert(
      fc.asyncProperty(damagedBytes(bytes), async (damaged) => {
        const same = toHex(damaged) === toHex(bytes);
        expect(await faultOf(open(damaged))).toBe(same ? null : "unopenable");
      }),
      { numRuns: 2000 },
    );
  });

  it("T21: a member who holds the keys cannot break the reader with what is inside", async () => {
    const { created, room, ana } = family;
    const info = ByteWriter.labelled("fam/msg/1 content").bytes();
    const random = unsafeSeededRandom("inside");
    const { bytes } = await seal(ana);
    const salt = parseFrameHeader(bytes).salt;
    const key = created.keys.content;
    const inner = await openSalted({
      key,
      info,
      salt,
      aad: bytes.slice(0, FRAME_HEADER_BYTES),
      sealed: bytes.slice(FRAME_HEADER_BYTES),
    });
    await fc.assert(
      fc.asyncProperty(damagedBytes(inner), async (damaged) => {
        const body = new Uint8Array(256 - FRAME_HEADER_BYTES - 16);
        body.set(damaged.slice(0, body.length));
        const fresh = random(16);
        const author = ana.secret.account;
        const header = encodeFrameHeader({
          room,
          epoch: 0,
          head16: created.state.head.slice(0, 16),
          id: idOf("entry"),
          author,
          salt: fresh,
        });
        const frame = concatBytes(header, await sealSalted({ key, info, salt: fresh, aad: header, body }));
        expect(await faultOf(open(frame))).toBe("unopenable");
      }),
      { numRuns: 1000 },
    );
  });

  it("T24: two browsers of one person seal ten thousand frames and never share a salt", async () => {
    const salts = new Set<string>();
    const browsers = [unsafeSeededRandom("browser one"), unsafeSeededRandom("browser two")];
    for (let round = 0; round < 100; round++) {
      const frames = await Promise.all(
        browsers.flatMap((random) => Array.from({ length: 50 }, () => seal(family.ana, {}, random))),
      );
      for (const { bytes } of frames) salts.add(toHex(parseFrameHeader(bytes).salt));
    }
    expect(salts.size).toBe(10_000);
  });
});
