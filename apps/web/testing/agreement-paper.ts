import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PAPER_WORDS } from "@sotto/content/paper-words";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import {
  AGREEMENT_LANGUAGES,
  choicesFrom,
  clausesOf,
  decidedChoices,
  judgeEvidence,
  partWords,
  READERS,
  requiredSignatures,
} from "@sotto/domain";
import type {
  AccountId,
  AgreementId,
  AgreementVersion,
  AgreementVersionId,
  Evidence,
  EvidenceLine,
  FamilyId,
  Party,
  PartWords,
  PersonId,
} from "@sotto/domain";
import { verifyEvidence } from "@sotto/vault";
import type { LoadFont } from "../src/platform/agreement-pdf/atlas.ts";
import { drawAgreementPdf } from "../src/platform/agreement-pdf/draw-agreement-pdf.ts";
import type { AgreementPaper } from "../src/platform/agreement-pdf/paper.ts";
import type { DrawPicture } from "../src/platform/agreement-pdf/picture.ts";

/** What the tests of the PDF share: papers of a family, of a golden evidence file, and the fonts as they lie in their package. */

const id = <Id extends string>(number: number): Id =>
  // A compiler-only brand on a text of the right form.
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}` as Id;

const [ANA, BEN, TOM, TESS] = [1, 2, 3, 9].map((number) => id<PersonId>(number)) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const VERSION = id<AgreementVersionId>(70);
const BEGIN = Date.UTC(2030, 2, 17, 17, 46);
const digits = (number: number): string => number.toString(16).padStart(4, "0").repeat(16);
const accountOf = (person: PersonId): AccountId =>
  // Another brand on a text of the same form.
  person.replace(/^0000/, "aaaa") as string as AccountId;

/** A family of three as it may sign: two adults and a teenager, by the template that is shipped for them. */
export function familyPaper(
  more: {
    readonly language?: AgreementPaper["language"];
    readonly reader?: AgreementPaper["reader"];
    /** Of Ana, Ben, Tom, and Tess the therapist. */
    readonly names?: readonly [string, string, string, string];
    /** What stands in place of the template's words. */
    readonly words?: readonly PartWords[];
    /** How many of the signatures are given. */
    readonly signatures?: number;
    readonly practice?: string;
    readonly file?: AgreementPaper["file"];
  } = {},
): AgreementPaper {
  const names = more.names ?? ["Ana Rivera", "Ben Rivera", "Tom Rivera", "Tess Ávila"];
  const { language = "en", reader = "adult" } = more;
  const version = versionOf(names, more.words);
  const lines = linesOf(version, more.signatures ?? 99);
  const verdict = judgeEvidence({ about: VERSION, versions: [version], lines });
  if (verdict === null) throw new Error("no verdict");
  return {
    language,
    reader,
    practice: more.practice ?? "Elm Street Family Practice",
    therapists: [{ person: TESS, name: names[3] }],
    verdict,
    evidence: {
      versionHash: digits(0x3696),
      lines: lines.map((line) => ({ ...line, identity: identityOf(line.by) })),
      identities: [ANA, BEN, TOM, TESS].map((person, place) => ({
        identity: identityOf(person),
        logIndex: place * 7 + 3,
      })),
      log: { origin: "sotto/elm-street", size: 4096, key: digits(0x10c) },
      madeAt: BEGIN + 86_400_000,
      madeBy: { account: accountOf(ANA), identity: identityOf(ANA) },
    },
    file: more.file ?? null,
  };
}

const identityOf = (person: PersonId): string => digits(Number.parseInt(person.slice(-4), 16) + 0xa000);

function versionOf(names: readonly string[], words?: readonly PartWords[]): AgreementVersion {
  const template = AGREEMENT_TEMPLATES.find(({ shape }) => shape === "family-with-teenager");
  if (template === undefined) throw new Error("no template");
  const roles = ["adult", "adult", "teen"] as const;
  const parties = [ANA, BEN, TOM].map((person, place): Party => {
    const role = roles[place] ?? "adult";
    const born = role === "teen" ? { year: 2015, month: 5, day: 1 } : null;
    return { person, name: names[place] ?? "", role, signs: true, born };
  });
  const guardians = new Map([[TOM, [ANA, BEN]]]);
  const choices = decidedChoices(
    choicesFrom(template, { parties, guardians, client: ANA, retention: RETENTION }),
  );
  if (choices === null) throw new Error("a part is open");
  const nameOf = (person: PersonId): string => parties.find((one) => one.person === person)?.name ?? "";
  const templateWords = AGREEMENT_LANGUAGES.flatMap((language) =>
    partWords({
      clauses: clausesOf(choices),
      catalogue: CLAUSE_WORDS[language],
      wordings: template.wordings,
      language,
      readers: READERS,
      nameOf,
    }),
  );
  return {
    agreement: id<AgreementId>(71),
    version: VERSION,
    family: id<FamilyId>(72),
    number: 3,
    template: { template: template.id, version: 1 },
    on: { year: 2030, month: 3, day: 1 },
    parties,
    therapists: [TESS],
    places: [],
    choices,
    words: words ?? templateWords,
  };
}

const RETENTION = {
  place: "us-ca",
  title: "California",
  citation: "Cal. Bus. & Prof. Code 4980.49",
  verified: true,
  asOf: "2018",
  familyMonths: 84,
  recordMonths: 84,
  minorMonths: 84,
  maximumMonths: null,
};

function linesOf(version: AgreementVersion, signatures: number): readonly EvidenceLine[] {
  const line = (place: number, by: PersonId, said: EvidenceLine["said"]): EvidenceLine => ({
    by,
    account: accountOf(by),
    version: VERSION,
    moment: { at: BEGIN + place * 60_000 + 900, writtenAt: BEGIN + place * 60_000 },
    after: place === 0 ? null : place - 1,
    said,
  });
  const people = [ANA, BEN, TOM].map((person) => ({
    person,
    account: accountOf(person),
    known: "in-person" as const,
  }));
  const signed = requiredSignatures(version)
    .slice(0, signatures)
    .map(({ as, of, person }, place) =>
      line(place + 2, person, {
        kind: "signed",
        as,
        of,
        language: "en",
        reader: person === TOM ? "teen" : "adult",
        openedAt: BEGIN - 600_000,
        explained: "together",
        ticked: ["policy", "limits", "messages"],
        onScreen: "agreed",
        interpreter: person === BEN ? "Farsi" : null,
      }),
    );
  return [line(0, TESS, { kind: "named", people }), line(1, TESS, { kind: "offered" }), ...signed];
}

/** The paper of the golden evidence file of `tests/vectors`. Its last line but one is a score, which is for therapists alone. */
export async function goldenPaper(): Promise<
  AgreementPaper & { readonly file: { readonly bytes: Uint8Array } }
> {
  const text = await readFile(new URL("../../../tests/vectors/agreement.json", import.meta.url), "utf8");
  const golden = JSON.parse(text) as { readonly file: string };
  const bytes = new Uint8Array(Buffer.from(golden.file, "hex"));
  const evidence = await verifyEvidence(bytes);
  // The two say the same but for brands, which the ids that were just read from bytes have in the compiler alone.
  const verdict = judgeEvidence(evidence as unknown as Evidence);
  if (verdict === null) throw new Error("no verdict");
  const therapists = verdict.version.therapists.map((person) => ({ person, name: "Tess" }));
  const file = { name: "agreement.sotto", bytes };
  return { language: "en", reader: "adult", practice: "Elm Street", therapists, verdict, evidence, file };
}

const resolve = createRequire(import.meta.url).resolve;

/** A font of the package that the build takes them from. */
export const loadFont: LoadFont = async (file) =>
  new Uint8Array(await readFile(resolve(`@fontsource/noto-sans/files/noto-sans-${file}-normal.woff`)));

/** Draws a paper. */
export function drawPaper(
  paper: AgreementPaper,
  draw: DrawPicture = () => null,
): Promise<Uint8Array<ArrayBuffer>> {
  return drawAgreementPdf(paper, PAPER_WORDS[paper.language], { draw, load: loadFont });
}
