import { countsIn, keyDigits, mayBeHandedOn } from "@sotto/domain";
import type { EvidenceVerdict, PersonId, ProvenSignature, SignedWith } from "@sotto/domain";
import type { PaperWords } from "@sotto/content/paper-words";
import { fill } from "./block.ts";
import type { Block, Fact } from "./block.ts";
import type { AgreementPaper, PaperEvidence } from "./paper.ts";
import { inGroups, nameOf, sayCapacity, sayMoment } from "./say.ts";

/**
 * The file that goes into the PDF: one that holds nothing but what everyone in the agreement gets. A PDF is handed on, and a therapist's own copy holds
 * reasons, scores, and who withdrew.
 */
export function attachedFile({ evidence, file }: AgreementPaper): AgreementPaper["file"] {
  return mayBeHandedOn(evidence.lines) ? file : null;
}

/** Who signed as what, when, with which words before them and with which key; and what all that does not prove (domain R-130). */
export function evidenceBlocks(paper: AgreementPaper, words: PaperWords): readonly Block[] {
  const { evidence: say } = words;
  const { verdict } = paper;
  const file = attachedFile(paper);
  return [
    { kind: "heading", level: 2, text: say.title },
    { kind: "paragraph", text: say.about },
    {
      kind: "paragraph",
      text: file === null ? say.notAttached : fill(say.attached, { file: file.name }),
    },
    { kind: "heading", level: 3, text: say.text },
    { kind: "facts", rows: textFacts(paper, words) },
    ...offerBlocks(paper, words),
    ...verdict.signatures.flatMap((signature): readonly Block[] => [
      { kind: "heading", level: 3, text: fill(say.signatureOf, { name: nameOf(paper, signature.person) }) },
      { kind: "facts", rows: signatureFacts(paper, words, signature) },
    ]),
    ...missingBlocks(paper, words),
    ...doubtBlocks(verdict, words),
    { kind: "heading", level: 3, text: say.copy },
    { kind: "facts", rows: copyFacts(paper, words) },
    { kind: "heading", level: 3, text: say.limits },
    { kind: "list", items: say.limit },
  ];
}

const textFacts = (
  { evidence, language, reader, verdict }: AgreementPaper,
  words: PaperWords,
): readonly Fact[] => {
  const { evidence: say } = words;
  return [
    { label: say.number, value: String(verdict.version.number) },
    { label: say.id, value: verdict.version.version, isDigits: true },
    { label: say.hash, value: inGroups(evidence.versionHash), isDigits: true },
    { label: say.shown, value: `${words.languages[language]}, ${words.readers[reader]}` },
  ];
};

const offerBlocks = (paper: AgreementPaper, words: PaperWords): readonly Block[] => {
  const { evidence: say } = words;
  const { offeredAt, offeredBy } = paper.verdict;
  if (offeredBy === null || offeredAt === null) return [];
  return [
    { kind: "heading", level: 3, text: say.offer },
    {
      kind: "facts",
      rows: [
        { label: say.offeredBy, value: nameOf(paper, offeredBy) },
        { label: say.offeredAt, value: sayMoment(words, offeredAt) },
        ...keyFacts(paper.evidence, words, offerLineOf(paper)),
      ],
    },
  ];
};

/** The place of the line that offers it, of those that count; -1 when none does. */
const offerLineOf = ({ evidence, verdict }: AgreementPaper): number => {
  const counts = countsIn(verdict);
  return evidence.lines.findIndex(
    (one, place) =>
      one.said.kind === "offered" &&
      one.by === verdict.offeredBy &&
      one.version === verdict.version.version &&
      counts(place),
  );
};

const signatureFacts = (
  paper: AgreementPaper,
  words: PaperWords,
  signature: ProvenSignature,
): readonly Fact[] => {
  const { evidence: say } = words;
  const { line, moment, signing } = signature;
  const ticked = signing.ticked.map((part) => words.parts[part]).join("; ");
  return [
    { label: say.as, value: sayCapacity(words, paper, signature) },
    { label: say.signedAt, value: sayMoment(words, moment.writtenAt) },
    { label: say.heardAt, value: sayMoment(words, moment.at) },
    { label: say.openedAt, value: sayMoment(words, signing.openedAt) },
    { label: say.read, value: `${words.languages[signing.language]}, ${words.readers[signing.reader]}` },
    { label: say.explained, value: words.explained[signing.explained] },
    { label: say.ticked, value: ticked === "" ? say.tickedNone : ticked },
    { label: say.onScreen, value: say.onScreenAgreed },
    { label: say.interpreter, value: sayInterpreter(words, signing.interpreter) },
    ...(signature.witness === null ? [] : [{ label: say.witness, value: signature.witness }]),
    ...(isForPractice(paper) ? practiceFacts(words, signature) : []),
    ...keyFacts(paper.evidence, words, line),
  ];
};

const sayInterpreter = ({ evidence: say }: PaperWords, language: string | null): string => {
  if (language === null) return say.interpreterNone;
  return language === "" ? say.interpreterUnnamed : language;
};

/** A practice's own copy has what only its therapists were told. */
const isForPractice = ({ evidence }: AgreementPaper): boolean => !mayBeHandedOn(evidence.lines);

const practiceFacts = (words: PaperWords, signature: ProvenSignature): readonly Fact[] => {
  const { as, authority, delivered, signedWith } = signature;
  const { evidence: say } = words;
  const proof = authority === null ? say.authorityNone : words.proofs[authority];
  return [
    ...(as === "guardian" ? [{ label: say.authority, value: proof }] : []),
    ...delivered.map(({ at, form }) => ({
      label: say.delivered,
      value: fill(say.deliveredAt, { form: words.copies[form], day: sayMoment(words, at) }),
    })),
    ...withFacts(words, signedWith),
  ];
};

/** With what somebody signed. */
const withFacts = (words: PaperWords, signedWith: SignedWith | null): readonly Fact[] => {
  if (signedWith === null) return [];
  const { device, utcOffsetMinutes } = signedWith;
  const { evidence: say } = words;
  return [
    { label: say.device, value: words.devices[device] },
    { label: say.clock, value: fill(say.clockAt, { offset: offsetText(utcOffsetMinutes) }) },
  ];
};

const offsetText = (minutes: number): string => {
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(hours)}:${two(rest)}`;
};

/** The key that signed a line, and where it stands in the key log. */
const keyFacts = (
  { identities, lines }: PaperEvidence,
  { evidence: say }: PaperWords,
  line: number,
): readonly Fact[] => {
  const key = lines[line]?.identity ?? "";
  const place = identities.find(({ identity }) => identity === key)?.logIndex ?? null;
  return [
    { label: say.key, value: keyDigits(key), isDigits: true },
    { label: say.logPlace, value: place === null ? say.logPlaceNone : String(place) },
  ];
};

const missingBlocks = (paper: AgreementPaper, words: PaperWords): readonly Block[] => {
  const items = paper.verdict.missing.map(
    (one) => `${nameOf(paper, one.person)}, ${sayCapacity(words, paper, one)}`,
  );
  if (items.length === 0) return [];
  return [
    { kind: "heading", level: 3, text: words.evidence.missing },
    { kind: "list", items },
  ];
};

const doubtBlocks = (
  { leavesOut, refused }: EvidenceVerdict,
  { evidence: say }: PaperWords,
): readonly Block[] => {
  const items = [
    ...(refused.length > 0 ? [fill(say.refused, { count: refused.length })] : []),
    ...(leavesOut.length > 0 ? [say.leavesOut] : []),
  ];
  if (items.length === 0) return [];
  return [
    { kind: "heading", level: 3, text: say.doubts },
    { kind: "list", items },
  ];
};

const copyFacts = (paper: AgreementPaper, words: PaperWords): readonly Fact[] => {
  const { evidence: say } = words;
  const { log, madeAt, madeBy } = paper.evidence;
  const maker = makerOf(paper);
  return [
    { label: say.madeAt, value: sayMoment(words, madeAt) },
    ...(maker === null ? [] : [{ label: say.madeBy, value: nameOf(paper, maker) }]),
    { label: say.key, value: keyDigits(madeBy.identity), isDigits: true },
    {
      label: say.log,
      value: log === null ? say.logNone : fill(say.logSize, { origin: log.origin, size: log.size }),
    },
    ...(log === null ? [] : [{ label: say.logKey, value: keyDigits(log.key), isDigits: true }]),
  ];
};

/** Whose account made the file, where a line that counts tells; otherwise null. */
const makerOf = (paper: AgreementPaper): PersonId | null => {
  const { evidence, verdict } = paper;
  const { account } = evidence.madeBy;
  if (evidence.lines[offerLineOf(paper)]?.account === account) return verdict.offeredBy;
  return verdict.signatures.find((one) => one.account === account)?.person ?? null;
};
