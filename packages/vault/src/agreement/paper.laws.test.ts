import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { evidenceFile, say, smallAgreement } from "../../testing/agreement.ts";
import { damagedBytes, faultOf } from "../../testing/damage.ts";
import { idOf, makePerson, type Person } from "../../testing/people.ts";
import { concatBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { withSeal } from "./paper.ts";
import { sealPaper } from "./seal-paper.ts";
import { verifyCopy } from "./verify-copy.ts";
import { verifyEvidence } from "./verify-evidence.ts";
import { agreementHash, encodeAgreementVersion } from "./version.ts";

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

const deflate = async (bytes: Bytes): Promise<Bytes> => {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
};

/** As small as a PDF with files inside can be. */
const pdfWith = async (...files: readonly Bytes[]): Promise<Bytes> => {
  const objects = await Promise.all(
    files.map(async (file) => {
      const packed = await deflate(file);
      const head = `1 0 obj\n<<\n/Type /EmbeddedFile\n/Subtype /x\n/Filter /FlateDecode\n/Length ${packed.length}\n>>\nstream\n`;
      return concatBytes(utf8(head), packed, utf8("\nendstream\nendobj\n"));
    }),
  );
  return concatBytes(utf8("%PDF-1.7\nA page.\n"), ...objects, utf8("startxref\n16\n%%EOF"));
};

let tess: Person;
let ana: Person;
let file: Bytes;
let sealed: Bytes;

beforeAll(async () => {
  [tess, ana] = (await Promise.all(["Tess", "Ana"].map(makePerson))) as [Person, Person];
  const about = agreementHash(encodeAgreementVersion(smallAgreement));
  const people = [{ person: idOf("person Ana"), account: ana.secret.account, known: "in-person" } as const];
  const said = [await say(tess, about, { kind: "named", people })];
  file = await evidenceFile({ maker: tess, people: [ana], said });
  sealed = await sealPaper(tess.secret, await pdfWith(file));
});

describe("a sealed PDF", () => {
  it("proves what the file inside it proves, and ends as a PDF does", async () => {
    expect(await verifyCopy(sealed)).toEqual(await verifyEvidence(file));
    expect(await verifyCopy(file)).toEqual(await verifyEvidence(file));
    expect(new TextDecoder().decode(sealed.slice(-200))).toMatch(
      /startxref\n16\n%%EOF\n%fam\/paper\/1 [0-9a-f]{128}\nstartxref\n16\n%%EOF\n$/,
    );
  });

  it("with any one byte changed is refused, wherever it stands", async () => {
    for (let place = 0; place < sealed.length; place += 7) {
      const changed = sealed.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(await faultOf(verifyCopy(changed))).toMatch(/^(malformed|unverified)$/);
    }
    await fc.assert(
      fc.asyncProperty(damagedBytes(sealed), async (bytes) => {
        expect(await faultOf(verifyCopy(bytes))).toMatch(/^(malformed|unverified)$/);
      }),
      { numRuns: 300 },
    );
  });

  it("is sealed by whoever made the file inside, and by nobody else", async () => {
    const drawn = await pdfWith(file);
    expect(await faultOf(sealPaper(ana.secret, drawn))).toBe("unverified");
    // A seal is of one PDF.
    const seal = sealed.slice(drawn.length);
    const other = concatBytes(utf8("%PDF-1.7\nB page.\n"), drawn.slice(17), seal);
    expect(await faultOf(verifyCopy(other))).toMatch(/^(malformed|unverified)$/);
  });

  it("has one file inside, of this kind, and of a size that a copy may have", async () => {
    for (const drawn of [
      await pdfWith(),
      await pdfWith(file, file),
      await pdfWith(utf8("something else")),
      await pdfWith(new Uint8Array(9_000_000)),
      utf8("%PDF-1.7 without an end"),
    ])
      expect(await faultOf(sealPaper(tess.secret, drawn))).toBe("malformed");
  });

  it("without its seal, or with two, is no copy", async () => {
    const drawn = await pdfWith(file);
    expect(await faultOf(verifyCopy(drawn))).toBe("malformed");
    const twice = withSeal(sealed, new Uint8Array(64));
    expect(await faultOf(verifyCopy(twice))).toMatch(/^(malformed|unverified)$/);
  });
});
