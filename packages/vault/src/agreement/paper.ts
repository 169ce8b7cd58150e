import { concatBytes, equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { fromHex, toHex } from "../codec/text.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import { verifySignature } from "../primitives/sign.ts";
import { EVIDENCE_BYTES_MAX } from "./evidence-file.ts";
import { evidenceWithMaker } from "./verify-evidence.ts";
import type { AgreementEvidence } from "./verify-evidence.ts";

/**
 * A sealed PDF of an agreement, `fam/paper/1`: the PDF as it was drawn, with its evidence file inside, and behind it a comment with the signature of whoever made that
 * file over all of it, and the end of a PDF once more. Whatever reads PDFs passes over the comment (ISO 32000-1, 7.2.3).
 */
const PAPER_LABEL = "fam/paper/1";

/** The largest PDF that is read. */
export const PAPER_BYTES_MAX = 32_000_000;

const SEAL_BYTES_MAX = 240;
const SEAL = /\n%fam\/paper\/1 (?<signature>[0-9a-f]{128})\nstartxref\n(?<start>\d{1,10})\n%%EOF\n$/;

/** A PDF reads the same as Latin-1 text, byte by byte: what is looked for in it is ASCII. */
const asText = (bytes: Bytes): string => new TextDecoder("latin1").decode(bytes);

const startOf = (drawn: Bytes): string => {
  const start = /startxref\s+(?<start>\d{1,10})\s+%%EOF\s*$/.exec(asText(drawn.slice(-60)))?.groups?.[
    "start"
  ];
  if (start === undefined) throw new VaultFault("malformed");
  return start;
};

/** What whoever seals a PDF signs. */
export function paperMessage(drawn: Bytes): Bytes {
  return ByteWriter.labelled(PAPER_LABEL).fixed(sha256(drawn), 32).bytes();
}

/** The PDF with its seal behind it. Throws `malformed` for bytes that do not end as a PDF does. */
export function withSeal(drawn: Bytes, signature: Bytes): Bytes {
  const seal = `\n%${PAPER_LABEL} ${toHex(signature)}\nstartxref\n${startOf(drawn)}\n%%EOF\n`;
  return concatBytes(drawn, new TextEncoder().encode(seal));
}

/** Whether these bytes are meant to be a PDF. */
export const isPaper = (bytes: Bytes): boolean => asText(bytes.slice(0, 5)) === "%PDF-";

/**
 * Reads a sealed PDF and checks the evidence file in it and the seal. Throws `malformed` for a PDF without either, `unverified` when anything in it is not as it
 * was when its maker sealed it.
 */
export async function verifyPaper(bytes: Bytes): Promise<AgreementEvidence> {
  const seal = bytes.length > PAPER_BYTES_MAX ? null : SEAL.exec(asText(bytes.slice(-SEAL_BYTES_MAX)));
  if (seal === null) throw new VaultFault("malformed");
  const drawn = bytes.slice(0, bytes.length - seal[0].length);
  const signature = fromHex(seal.groups?.["signature"] ?? "");
  if (!equalBytes(withSeal(drawn, signature), bytes)) throw new VaultFault("malformed");
  const { evidence, maker } = await evidenceWithMaker(await evidenceInside(drawn));
  if (!(await verifySignature({ signPublic: maker.signPublic, message: paperMessage(drawn), signature })))
    throw new VaultFault("unverified");
  return evidence;
}

const ATTACHED =
  /\/Type \/EmbeddedFile\b[^]{0,400}?\/Length (?<length>\d{1,8})\b[^]{0,400}?>>\s*stream\r?\n/g;

/** The one file inside a PDF, as our own writer puts it there: named by its type, deflated. */
async function evidenceInside(drawn: Bytes): Promise<Bytes> {
  const [found, ...others] = asText(drawn).matchAll(ATTACHED);
  if (found === undefined || others.length > 0) throw new VaultFault("malformed");
  const from = found.index + found[0].length;
  const length = Number(found.groups?.["length"]);
  return inflate(drawn.slice(from, from + length));
}

async function inflate(packed: Bytes): Promise<Bytes> {
  const parts: Bytes[] = [];
  let size = 0;
  try {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    for (let reader = stream.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) return concatBytes(...parts);
      size += value.length;
      if (size > EVIDENCE_BYTES_MAX) throw new VaultFault("malformed");
      parts.push(value);
    }
  } catch {
    throw new VaultFault("malformed");
  }
}
