import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { keyDigits } from "@sotto/domain";
import type { EvidenceVerdict, PersonId, RequiredSignature, SignedWith, VersionStage } from "@sotto/domain";
import { OperatorFault } from "../config/operator-fault.ts";
import { AGREEMENT_FILE_BYTES_MAX, verifyAgreementFile } from "../usecases/verify-agreement.ts";
import type { VerifiedAgreement } from "../usecases/verify-agreement.ts";
import { JSON_SWITCH, type Command, type Terminal } from "./command.ts";

type Checked = VerifiedAgreement & { readonly kind: "verified" };

export const verifyAgreementCommand: Command = {
  name: "verify-agreement",
  takes: ["FILE"],
  says: "Checks somebody's copy of an agreement: who signed it, as what, when, and in which words.",
  more: [
    "FILE is the evidence file that everybody who is in an agreement can keep, or the PDF with that file inside. It is checked by itself, on any computer: no server, no database and no network is asked. Every signature in it is checked, and then whether everyone has signed who has to, by the same rules that Sotto goes by. It shows names and dates, and nothing of what the agreement says.",
    "It ends with 0 when everyone has signed and nothing in the file counts for nothing, and with 1 otherwise. `interpreter`, `witness`, and in the practice's own copy `authority`, `copy` and `signed-with`, say how a signature came about. `refused` names a line that counts for nothing, and why; `missing` a signature that is not there; `left-out` a line whose author had seen something that the file does not have.",
    "A PDF is sealed by whoever saved it from Sotto: no byte of it was changed since, by anybody else. Its pages are their word for what the file inside proves. One that another program saved anew has no seal any more: save the file inside it and check that. The practice's own PDF has no file inside.",
    "A file proves which keys signed, and not whose they are: compare the digits after `key` with those that the people know as theirs, the therapist's first of all. The order of the lines, and that nothing came later, is the word of whoever made the file, but for what each author says they had seen. Whether a key stands in the practice's key log is said where the file shows it.",
  ],
  switches: [JSON_SWITCH],
  example: "sotto verify-agreement agreement.sotto",
  run: async ({ switches, words }, terminal) => {
    const [file = ""] = words;
    const checked = await verifyAgreementFile(await readEvidence(resolve(file)));
    if (checked.kind === "refused") throw checked.why === "unverified" ? changed() : broken();
    if (switches.has("json")) terminal.say(JSON.stringify(answerOf(checked)));
    else report(checked, terminal);
    return isClean(checked) ? 0 : 1;
  },
};

const broken = (): OperatorFault =>
  new OperatorFault(
    "agreement-broken",
    "This is no copy of an agreement, or it was cut or changed on its way.",
    "Ask for the copy once more. If it is a PDF, save the file inside it and check that. If it says the same, keep all of them and ask the practice.",
  );

const changed = (): OperatorFault =>
  new OperatorFault(
    "agreement-changed",
    "Something in this file is not as it was signed. It proves nothing.",
    "Do not rely on it. Keep it as it is, ask whoever gave it to you for another copy, and compare it with the copy of somebody else who signed.",
  );

async function readEvidence(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const { size } = await stat(file).catch(missingAt(file));
  if (size > AGREEMENT_FILE_BYTES_MAX) throw broken();
  return new Uint8Array(await readFile(file).catch(missingAt(file)));
}

const missingAt =
  (file: string) =>
  (error: unknown): never => {
    throw new OperatorFault(
      "agreement-missing",
      `There is no file to read at ${file}.`,
      "Name the file, with its folder, and see that you may read it.",
      error,
    );
  };

const isClean = ({ verdict }: Checked): boolean => verdict.isSigned && verdict.refused.length === 0;

function answerOf({ evidence, verdict }: Checked): object {
  const { isSigned, leavesOut, missing, offeredAt, offeredBy, refused, signatures, stage, version } = verdict;
  return {
    version: version.version,
    number: version.number,
    versionHash: evidence.versionHash,
    isSigned,
    stage,
    offered:
      offeredBy === null
        ? null
        : { by: offeredBy, at: offeredAt, ...keyOf(evidence, lineOf(evidence, offeredBy)) },
    signatures: signatures.map(({ line, moment, signing, ...signature }) => ({
      ...signature,
      name: nameOf(verdict, signature.person),
      ...signing,
      signedAt: moment.writtenAt,
      heardAt: moment.at,
      ...keyOf(evidence, line),
    })),
    missing,
    refused: refused.map(({ line, why }) => ({ line, by: evidence.lines[line]?.by, ...why })),
    leavesOut,
    log: evidence.log,
    madeAt: evidence.madeAt,
    madeBy: evidence.madeBy,
  };
}

function report({ evidence, verdict }: Checked, { say, tell }: Terminal): void {
  const { missing, offeredAt, offeredBy, refused, signatures, stage, version } = verdict;
  const name = (person: PersonId): string => nameOf(verdict, person);
  say(`version ${String(version.number)} ${version.version} hash ${evidence.versionHash}`);
  if (offeredBy !== null && offeredAt !== null)
    say(
      `offered by ${name(offeredBy)} ${dayOf(offeredAt)} ${keyWords(evidence, lineOf(evidence, offeredBy))}`,
    );
  say(stageWords(stage));
  for (const one of signatures) {
    const { interpreter, language, onScreen, reader } = one.signing;
    say(
      `signed ${wordsOf(one, name)} ${dayOf(one.moment.writtenAt)} read in ${language} as ${reader} on-screen ${onScreen} ${keyWords(evidence, one.line)}`,
    );
    if (interpreter !== null) say(`interpreter for ${wordsOf(one, name)} language ${plain(interpreter)}`);
    if (one.witness !== null) say(`witness for ${wordsOf(one, name)} ${plain(one.witness)}`);
    if (one.authority !== null) say(`authority seen for ${wordsOf(one, name)} ${one.authority}`);
    if (one.as !== "guardian")
      for (const { at, form } of one.delivered) say(`copy kept by ${name(one.person)} ${form} ${dayOf(at)}`);
    if (one.signedWith !== null) say(`signed-with ${wordsOf(one, name)} ${withWords(one.signedWith)}`);
  }
  for (const one of missing) say(`missing ${wordsOf(one, name)}`);
  for (const { line, why } of refused) say(`refused line ${String(line)} ${why.kind}`);
  for (const line of verdict.leavesOut) say(`left-out before line ${String(line)}`);
  const { log, madeAt, madeBy } = evidence;
  say(
    log === null
      ? "key-log not shown"
      : `key-log ${plain(log.origin)} size ${String(log.size)} key ${keyDigits(log.key)}`,
  );
  say(`made ${dayOf(madeAt)} key ${keyDigits(madeBy.identity)}`);
  tell(sentenceOf(verdict));
}

const withWords = ({ device, utcOffsetMinutes }: SignedWith): string =>
  `${device} clock UTC${utcOffsetMinutes < 0 ? "" : "+"}${String(utcOffsetMinutes)} minutes`;

const sentenceOf = (verdict: EvidenceVerdict): string => {
  const { isSigned, isWhole, refused, stage } = verdict;
  if (!isWhole) return "This file is not the whole story: ask for another copy, and rely on that one.";
  if (!isSigned) return STAGES[stage?.kind ?? "none"];
  return refused.length === 0
    ? "Everyone who has to sign has signed. Now compare the keys with those that the people know as theirs."
    : "Everyone who has to sign has signed. The lines that were refused count for nothing: ask the practice how they came about.";
};

const STAGES: { readonly [Kind in VersionStage["kind"] | "none"]: string } = {
  none: "No therapist has offered this version, as far as this file shows. It binds nobody.",
  open: "It is not in force: it waits for the signatures that are missing.",
  "in-force": "It is in force.",
  superseded: "A later version took its place.",
  suspended:
    "It was in force, and is suspended: somebody has withdrawn. Ask the practice for what holds now.",
  void: "It never came into force, and will not any more. Ask the practice for what holds now.",
};

const stageWords = (stage: VersionStage | null): string => {
  switch (stage?.kind) {
    case undefined:
      return "stage not offered";
    case "open":
      return "stage open";
    case "void":
      return `stage void ${stage.why}`;
    case "in-force":
      return `stage in-force since ${dayOf(stage.since)}`;
    case "superseded":
    case "suspended":
      return `stage ${stage.kind} since ${dayOf(stage.since)} until ${dayOf(stage.until)}`;
  }
};

const wordsOf = ({ as, of, person }: RequiredSignature, name: (person: PersonId) => string): string => {
  switch (as) {
    case "self":
      return `${name(person)} for themselves`;
    case "assent":
      return `${name(person)} as assent`;
    case "guardian":
      return `${name(person)} as guardian of ${name(of)}`;
  }
};

type Evidence = Checked["evidence"];

const lineOf = ({ about, lines }: Evidence, by: PersonId): number =>
  lines.findIndex((line) => line.said.kind === "offered" && line.version === about && line.by === by);

function keyOf(
  { identities, lines }: Evidence,
  line: number,
): { readonly key: string; readonly logIndex: number | null } {
  const key = lines[line]?.identity ?? "";
  return { key, logIndex: identities.find(({ identity }) => identity === key)?.logIndex ?? null };
}

const keyWords = (evidence: Evidence, line: number): string => {
  const { key, logIndex } = keyOf(evidence, line);
  return `key ${keyDigits(key)}${logIndex === null ? "" : ` log ${String(logIndex)}`}`;
};

const nameOf = ({ version }: EvidenceVerdict, person: PersonId): string => {
  const name = version.parties.find((party) => party.person === person)?.name ?? "";
  return name.trim() === "" ? person : plain(name);
};

/** A name may be anything; a terminal obeys some characters. */
const plain = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "");

const dayOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
