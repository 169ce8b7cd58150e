import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { damagedBytes, faultOf } from "../../testing/damage.ts";
import { idOf, unsafeSeededRandom, withFlippedBit } from "../../testing/people.ts";
import { fromBase64Url, toBase64Url, toHex } from "../codec/text.ts";
import {
  acceptanceProof,
  invitationToken,
  makeFragment,
  makeInvitation,
  parseFragment,
  verifyAcceptance,
} from "./invitation.ts";
import { tokenHashOf } from "./token.ts";

const random = unsafeSeededRandom("invitation");
const id = idOf("invitation");
const inviter = random(32);
const joiner = random(32);
const words = { practiceName: "Lakeside", inviterName: "Tess", inviteeName: "Ana", role: "teen" } as const;
const made = await makeInvitation({ id, inviter, words, random });

describe("an invitation", () => {
  it("gives the joiner everything that the inviter put into the link", async () => {
    const token = await invitationToken({ id, secret: made.secret });
    const expected = { id, secret: made.secret, token, inviter, words };
    expect(await parseFragment(made.fragment)).toEqual(expected);
    expect(await parseFragment(`#${made.fragment}`)).toEqual(expected);
    expect(tokenHashOf(token)).toEqual(made.tokenHash);
  });

  it("can be shown again from its secret", async () => {
    const again = await makeFragment({
      id,
      secret: made.secret,
      inviter,
      words: { ...words, inviteeName: "Anna" },
      random,
    });
    expect(again).not.toBe(made.fragment);
    expect((await parseFragment(again))?.words.inviteeName).toBe("Anna");
  });

  it("shows no word in its link, and the same length for most words", async () => {
    const binary = String.fromCharCode(...fromBase64Url(made.fragment));
    for (const word of ["Lakeside", "Tess", "Ana", "fam/"]) expect(binary.includes(word)).toBe(false);
    const short = await makeInvitation({ id, inviter, words: { ...words, practiceName: "" }, random });
    expect(short.fragment.length).toBe(made.fragment.length);
    const long = {
      ...words,
      practiceName: "é".repeat(100),
      inviterName: "é".repeat(100),
      inviteeName: "é".repeat(100),
    };
    expect(
      (await parseFragment((await makeInvitation({ id, inviter, words: long, random })).fragment))?.words,
    ).toEqual(long);
    expect(
      await faultOf(
        makeInvitation({ id, inviter, words: { ...words, practiceName: "é".repeat(101) }, random }),
      ),
    ).toBe("misuse");
  });

  it("T21: anything else is no invitation", async () => {
    const bytes = fromBase64Url(made.fragment);
    for (let bit = 0; bit < bytes.length * 8; bit += 7) {
      expect(await parseFragment(toBase64Url(withFlippedBit(bytes, bit)))).toBeNull();
    }
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: "binary" }), damagedBytes(bytes).map(toBase64Url)),
        async (text) => {
          expect(await parseFragment(text)).toSatisfy((parsed) => parsed === null || text === made.fragment);
        },
      ),
      { numRuns: 500 },
    );
    expect(await parseFragment("A".repeat(100_000))).toBeNull();
  });
});

describe("the acceptance proof", () => {
  const { secret } = made;

  it("T3: verifies both identities to each other, under this invitation", async () => {
    const proof = await acceptanceProof({ secret, invitation: id, inviter, joiner });
    expect(await verifyAcceptance({ secret, invitation: id, inviter, joiner, proof })).toBe(true);
    const claim = { secret, invitation: id, inviter, joiner, proof };
    expect(await verifyAcceptance({ ...claim, joiner: inviter })).toBe(false);
    expect(await verifyAcceptance({ ...claim, inviter: joiner })).toBe(false);
    expect(await verifyAcceptance({ ...claim, inviter: joiner, joiner: inviter })).toBe(false);
    expect(await verifyAcceptance({ ...claim, invitation: idOf("other") })).toBe(false);
    expect(await verifyAcceptance({ ...claim, secret: random(32) })).toBe(false);
    expect(await verifyAcceptance({ ...claim, proof: proof.slice(1) })).toBe(false);
    expect(await verifyAcceptance({ ...claim, proof: withFlippedBit(proof, 9) })).toBe(false);
  });

  it("does not follow from what the server sees", async () => {
    const token = await invitationToken({ id, secret });
    const proof = await acceptanceProof({ secret, invitation: id, inviter, joiner });
    const posing = await acceptanceProof({ secret: token, invitation: id, inviter, joiner });
    expect(toHex(posing)).not.toBe(toHex(proof));
  });
});
