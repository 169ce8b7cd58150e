import { equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { toHex } from "../codec/text.ts";
import { verifyIdentityRecord } from "../identity/record.ts";
import type { IdentityRecord } from "../identity/record.ts";
import { openCheckpoint } from "../log/checkpoint.ts";
import { identityLeaf } from "../log/leaf.ts";
import { leafHash, verifyInclusion } from "../log/proof.ts";
import { verifySignature } from "../primitives/sign.ts";
import { evidenceMessage, parseEvidence } from "./evidence-file.ts";
import type { ParsedEvidence } from "./evidence-file.ts";
import { verifyStatement } from "./statement.ts";
import type { AgreementStatement, Said } from "./statement.ts";
import { agreementVersionId } from "./version.ts";
import type { AgreementRecord } from "./version.ts";

/** What was said, with the place of the line that it is about instead of a hash. */
export type EvidenceSaid =
  | Exclude<Said, { kind: AboutLine }>
  | { readonly kind: "reason"; readonly line: number; readonly text: string }
  | (Omit<Extract<Said, { kind: "understanding" }>, "of"> & { readonly line: number })
  | (Omit<Extract<Said, { kind: "signed-with" }>, "of"> & { readonly line: number })
  | { readonly kind: "witnessed"; readonly line: number; readonly name: string };

type AboutLine = "reason" | "understanding" | "signed-with" | "witnessed";
const ABOUT_LINE: readonly Said["kind"][] = [
  "reason",
  "understanding",
  "signed-with",
  "witnessed",
] satisfies AboutLine[];

/** One statement whose signature holds. */
export type EvidenceLine = {
  readonly by: string;
  /** The account whose key signed. */
  readonly account: string;
  /** Hash of the identity record whose key signed, in hexadecimal digits. */
  readonly identity: string;
  readonly version: string;
  /** When the server took it, by the word of whoever made the file, and when it was said, by its author's. */
  readonly moment: { readonly at: number; readonly writtenAt: number };
  /** The line that its author had seen last; `missing` when it is not in the file. */
  readonly after: number | "missing" | null;
  readonly said: EvidenceSaid;
};

/** An identity that the file uses, and its place in the key log. */
export type EvidenceIdentity = {
  readonly account: string;
  readonly generation: number;
  readonly identity: string;
  readonly logIndex: number | null;
};

/** An evidence file of which every signature holds. What follows from it, who has to sign and who may say what, it does not say. */
export type AgreementEvidence = {
  readonly about: string;
  readonly versionHash: string;
  readonly versions: readonly AgreementRecord[];
  readonly lines: readonly EvidenceLine[];
  readonly identities: readonly EvidenceIdentity[];
  /** The signed state of the key log in which the identities stand; null when the file proves nothing of it. */
  readonly log: { readonly origin: string; readonly size: number; readonly key: string } | null;
  readonly madeAt: number;
  readonly madeBy: Omit<EvidenceIdentity, "logIndex">;
};

/**
 * Reads an evidence file and checks every signature in it, without asking anybody. Throws `malformed` for bytes that are no such file, `unverified` when
 * anything in it is not as it was signed. That the keys are those of these people, only somebody who knows their fingerprints can tell.
 */
export async function verifyEvidence(bytes: Bytes): Promise<AgreementEvidence> {
  const { evidence } = await evidenceWithMaker(bytes);
  return evidence;
}

/** The same, with the record of whoever made and signed the file. */
export async function evidenceWithMaker(
  bytes: Bytes,
): Promise<{ readonly evidence: AgreementEvidence; readonly maker: IdentityRecord }> {
  const file = parseEvidence(bytes);
  const maker = recordOf(file, file.maker);
  const message = evidenceMessage(file.fields);
  if (!(await verifySignature({ signPublic: maker.signPublic, message, signature: file.signature })))
    throw new VaultFault("unverified");
  await verifyIdentities(file.identities);
  await Promise.all(
    file.lines.map(async ({ statement }) => {
      if (!(await verifyStatement(statement, recordOf(file, statement.identity))))
        throw new VaultFault("unverified");
    }),
  );
  const log = await verifyLog(file);
  const evidence = {
    about: agreementVersionId(file.about),
    versionHash: toHex(file.about),
    versions: file.versions,
    lines: linesOf(file),
    identities: file.identities.map((one, place) => ({
      ...shown(one),
      logIndex: file.log?.places[place]?.index ?? null,
    })),
    log,
    madeAt: file.madeAt,
    madeBy: shown(maker),
  };
  return { evidence, maker };
}

const shown = ({ account, generation, hash }: IdentityRecord): Omit<EvidenceIdentity, "logIndex"> => ({
  account,
  generation,
  identity: toHex(hash),
});

/** That it is there was seen when the file was read. */
const recordOf = ({ identities }: ParsedEvidence, wanted: Bytes): IdentityRecord => {
  const found = identities.find(({ hash }) => equalBytes(hash, wanted));
  if (found === undefined) throw new VaultFault("malformed");
  return found;
};

const verifyIdentities = async (records: readonly IdentityRecord[]): Promise<void> => {
  const hold = await Promise.all(
    records.map((one, place) => {
      const before = one.generation === 0 ? null : (records[place - 1] ?? null);
      return verifyIdentityRecord(one, before);
    }),
  );
  if (!hold.every(Boolean)) throw new VaultFault("unverified");
};

const verifyLog = async ({ identities, log }: ParsedEvidence): Promise<AgreementEvidence["log"]> => {
  if (log === null) return null;
  const { checkpoint: note, key, places } = log;
  const [origin = ""] = note.split("\n");
  const { root, size } = await openCheckpoint({ text: note, origin, publicKey: key });
  const isIn = identities.every(({ hash }, place) => {
    const { index = -1, proof = [] } = places[place] ?? {};
    return verifyInclusion({ index, size, leaf: leafHash(identityLeaf(hash)), proof, root });
  });
  if (!isIn) throw new VaultFault("unverified");
  return { origin, size, key: toHex(key) };
};

const linesOf = (file: ParsedEvidence): readonly EvidenceLine[] => {
  const statements = file.lines.map(({ statement }) => statement);
  const placeOf = (wanted: Bytes): number => statements.findIndex(({ hash }) => equalBytes(hash, wanted));
  return file.lines.map(({ heardAt, statement }): EvidenceLine => {
    const { about, after, at, by, identity } = statement;
    const seen = after === null ? null : placeOf(after);
    return {
      by,
      account: recordOf(file, identity).account,
      identity: toHex(identity),
      version: agreementVersionId(about),
      moment: { at: heardAt, writtenAt: at },
      after: seen === -1 ? "missing" : seen,
      said: saidIn(statement, placeOf),
    };
  });
};

/** True for what is about another statement, and names it. */
export function isAboutStatement(said: Said): said is Extract<Said, { kind: AboutLine }> {
  return ABOUT_LINE.includes(said.kind);
}

/** A reason or a score without what it is about proves nothing, and is in no file. */
const saidIn = ({ said }: AgreementStatement, placeOf: (wanted: Bytes) => number): EvidenceSaid => {
  if (!isAboutStatement(said)) return said;
  const { of, ...rest } = said;
  const line = placeOf(of);
  if (line < 0) throw new VaultFault("unverified");
  return { ...rest, line };
};
