import { PAPER_WORDS } from "@sotto/content/paper-words";
import fc from "fast-check";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test } from "vitest";
import { drawPaper, familyPaper, goldenPaper } from "../../../testing/agreement-paper.ts";
import { blocksOf } from "./blocks-of.ts";
import type { Block } from "./block.ts";
import type { AgreementPaper } from "./paper.ts";
import { PAGE } from "./style.ts";
import { CODE_LETTERS } from "./wrap.ts";

interface ReadPage {
  /** What belongs to the paper, without what only belongs to the page. */
  readonly text: string;
  readonly foot: string;
  /** The numbers of the marks as they are drawn, and as the tree reads them. */
  readonly drawn: readonly string[];
  readonly read: readonly string[];
  readonly roles: readonly string[];
  /** Left, right and lower edge of each piece of text. */
  readonly edges: readonly (readonly [number, number, number])[];
}

interface StructNode {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly StructNode[];
}

const open = (bytes: Uint8Array) => getDocument({ data: bytes.slice(), verbosity: 0 }).promise;

/** Reads a PDF with a reader that is not ours. */
async function read(bytes: Uint8Array): Promise<readonly ReadPage[]> {
  const pdf = await open(bytes);
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_none, place): Promise<ReadPage> => {
      const page = await pdf.getPage(place + 1);
      const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
      const [text, foot]: [string[], string[]] = [[], []];
      const drawn: string[] = [];
      const edges: (readonly [number, number, number])[] = [];
      const within: string[] = [];
      for (const item of items) {
        if ("str" in item) {
          (within.includes("Artifact") ? foot : text).push(item.str, item.hasEOL ? " " : "");
          const [left, lower] = [Number(item.transform[4]), Number(item.transform[5])];
          edges.push([left, left + item.width - (item.str.endsWith(" ") ? 4 : 0), lower]);
        } else if (item.type === "endMarkedContent") within.pop();
        else {
          // The types of pdf.js leave out what the mark is.
          const { id, tag = "" } = item as { readonly id?: string | null; readonly tag?: string };
          within.push(tag);
          if (id !== undefined && id !== null) drawn.push(id);
        }
      }
      // The types of pdf.js say less of a node than there is.
      const tree = (await page.getStructTree()) as StructNode | null;
      return {
        text: text.join(""),
        foot: foot.join(""),
        drawn,
        read: tree === null ? [] : idsOf(tree),
        roles: tree === null ? [] : rolesOf(tree),
        edges,
      };
    }),
  );
  await pdf.loadingTask.destroy();
  return pages;
}

const idsOf = ({ children = [], id, type }: StructNode): readonly string[] =>
  type === "content" && id !== undefined ? [id] : children.flatMap(idsOf);

const rolesOf = ({ children = [], role }: StructNode): readonly string[] => [
  ...(role === undefined ? [] : [role]),
  ...children.flatMap(rolesOf),
];

const pressed = (text: string): string => text.replaceAll(/\s+/g, "");

const textOf = (block: Block): string => {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return block.text;
    case "list":
      return block.items.map((item) => `•${item}`).join("");
    case "facts":
      return block.rows.map(({ label, value }) => label + value).join("");
    case "new-page":
      return "";
  }
};

const expected = (paper: AgreementPaper): string =>
  pressed(blocksOf(paper, PAPER_WORDS[paper.language]).map(textOf).join(""));

const wholeText = (pages: readonly ReadPage[]): string => pressed(pages.map(({ text }) => text).join(""));

/** A part that says this and nothing else. */
const saying = (text: string): AgreementPaper =>
  familyPaper({ words: [{ part: "policy", language: "en", reader: "adult", text }] });

test.each([
  ["en", "adult"],
  ["en", "teen"],
  ["en", "child"],
  ["es", "adult"],
  ["es", "teen"],
  ["es", "child"],
] as const)(
  "a whole agreement in %s for a reader who is %s says every word, in its order",
  async (language, reader) => {
    const paper = familyPaper({ language, reader });
    const pages = await read(await drawPaper(paper));
    expect(pages.length).toBeGreaterThan(3);
    expect(wholeText(pages)).toBe(expected(paper));
    expect(wholeText(pages)).toContain(pressed(PAPER_WORDS[language].parts.worries));
    pages.forEach(({ foot }, place) => {
      const { page } = PAPER_WORDS[language].footer;
      const number = page.replace("{page}", String(place + 1)).replace("{pages}", String(pages.length));
      expect(foot).toContain(number);
      expect(foot).toContain(PAPER_WORDS[language].title);
    });
  },
);

test("whoever has it read aloud hears headings, lists and tables, in the order in which they stand", async () => {
  const paper = familyPaper();
  const pages = await read(await drawPaper(paper));
  for (const { drawn, read: heard } of pages) {
    expect(drawn.length).toBeGreaterThan(5);
    expect(heard).toEqual(drawn);
  }
  const roles = pages.flatMap((page) => page.roles);
  const headings = blocksOf(paper, PAPER_WORDS.en).flatMap((block) =>
    block.kind === "heading" ? [`H${block.level}`] : [],
  );
  expect(roles.filter((role) => /^H\d$/.test(role))).toEqual(headings);
  expect(pages[0]?.roles.slice(0, 6)).toEqual(["Root", "Document", "H1", "P", "H2", "L"]);
  for (const role of ["LI", "Lbl", "LBody", "Table", "TR", "TH", "TD"]) expect(roles).toContain(role);
});

test.each(["en", "es"] as const)("the file says what it is, in %s, and names nobody", async (language) => {
  const pdf = await open(await drawPaper(familyPaper({ language })));
  const { info, metadata } = await pdf.getMetadata();
  const title = `${PAPER_WORDS[language].title}. ${PAPER_WORDS[language].version.replace("{number}", "3")}`;
  expect(info).toMatchObject({ Title: title, Language: language, Producer: "Sotto" });
  expect(metadata.get("dc:title")).toBe(title);
  // The types of pdf.js call the first a record; it is a map, as the second.
  const marks = (await pdf.getMarkInfo()) as unknown as ReadonlyMap<string, unknown>;
  expect(marks.get("Marked")).toBe(true);
  expect((await pdf.getViewerPreferences())?.get("DisplayDocTitle")).toBe(true);
  expect(JSON.stringify(info)).not.toMatch(/Ana|Ben|Tom|Tess|Elm/);
  await pdf.loadingTask.destroy();
});

test("it has who signed as what, when, which words they read, and with which key at which place of the log", async () => {
  const text = wholeText(await read(await drawPaper(familyPaper())));
  for (const said of [
    "SignedbyTomRivera",
    "tosaythattheyagree,whileothersdecideforthem",
    "asguardianofTomRivera",
    "17March2030,17:48UTC",
    "inEnglish,forteenagers",
    "Keya003a003a003a003a003Placeinkeylog17",
    pressed(familyPaper().evidence.versionHash),
    "sotto/elm-street,4096lines",
  ])
    expect(text).toContain(said);
});

test("a copy that waits for signatures says for whose, and never that it holds", async () => {
  const text = (await read(await drawPaper(familyPaper({ signatures: 2 }))))
    .map((page) => page.text)
    .join(" ");
  expect(pressed(text)).toContain(pressed(PAPER_WORDS.en.stages.open));
  expect(text).toContain("Tom Rivera, to say that they agree");
  expect(text).not.toContain("It holds since");
});

test("the evidence file comes out of the PDF as it went in", async () => {
  const bytes = Uint8Array.from({ length: 5_000 }, (_none, place) => (place * 7) % 251);
  const paper = familyPaper({ file: { name: "agreement.sotto", bytes } });
  const drawn = await drawPaper(paper);
  const pdf = await open(drawn);
  const attached = [...((await pdf.getAttachments()) ?? [])];
  expect(attached.map(([, { filename }]) => filename)).toEqual(["agreement.sotto"]);
  expect(await pdf.getAttachmentContent(attached[0]?.[0] ?? "")).toEqual(bytes);
  expect(wholeText(await read(drawn))).toContain("Theproofisinthefileagreement.sotto.");
  await pdf.loadingTask.destroy();
});

test("a file with lines for therapists alone is not put into a PDF, and no score is on its pages", async () => {
  const paper = await goldenPaper();
  expect(paper.verdict.signatures[0]?.score).toMatchObject({ percent: 100 });
  const drawn = await drawPaper(paper);
  const pdf = await open(drawn);
  expect(await pdf.getAttachments()).toBeNull();
  await pdf.loadingTask.destroy();
  const text = wholeText(await read(drawn));
  expect(text).toBe(expected(paper));
  expect(text).toContain(pressed(PAPER_WORDS.en.evidence.notAttached));
  expect(text).not.toMatch(/100|75/);
  // The practice's own says what its therapists were told; one that is handed on does not, and has the witness all the same.
  const { copies, devices, evidence: say } = PAPER_WORDS.en;
  const ofTherapists = [say.device + devices.phone, say.delivered + copies.pdf, "UTC-08:00"].map(pressed);
  for (const words of ofTherapists) expect(text).toContain(words);
  expect(text).toContain(pressed(say.witness + "Wanda Reyes"));
  const handed = wholeText(await read(await drawPaper(familyPaper())));
  expect(handed).toContain(pressed(say.interpreter + "Farsi"));
  for (const label of [say.device, say.delivered, say.authority, say.authorityNone]) {
    expect(handed).not.toContain(pressed(label));
  }
});

test("a version without words for a reader is refused, and so is a name that not every program reads", async () => {
  const paper = saying("Something.");
  await expect(drawPaper({ ...paper, language: "es" })).rejects.toMatchObject({ code: "not-worded" });
  const file = { name: "acuerdo ñ.sotto", bytes: new Uint8Array(1) };
  await expect(drawPaper({ ...paper, file })).rejects.toMatchObject({ code: "file-name" });
});

test("the same paper gives the same bytes", async () => {
  const paper = familyPaper({ names: ["Zoë", "Жанна", "Ánh Nguyễn", "דוד"] });
  expect(await drawPaper(paper)).toEqual(await drawPaper(paper));
});

const NAMES = [
  "Ánh Nguyễn Thị Hồng",
  "Αλέξανδρος Ἀχιλλεύς",
  "Людмила Їжак Ћирић",
  "Þórður Łukasz\u2011Ġużeppi Ẹ́niọlá",
] as const;

test("names in Latin, Greek and Cyrillic letters, with all their marks, are drawn and read out as they are", async () => {
  const paper = familyPaper({ names: NAMES });
  const text = wholeText(await read(await drawPaper(paper)));
  expect(text).toBe(expected(paper));
  expect(text).not.toContain("[U+");
  for (const name of NAMES) expect(text).toContain(pressed(name));
});

test("a letter that no font has, and one that cannot be seen, stand as what Unicode names them by, and it is said", async () => {
  const odd = ["דוד כהן", "محمد", "心 👩‍👧", "a\u202eb\u0007\u200bc"] as const;
  const pages = await read(await drawPaper(familyPaper({ names: odd })));
  const text = wholeText(pages);
  for (const name of odd) {
    const shown = Array.from(pressed(name), (letter) =>
      /[abc]/.test(letter)
        ? letter
        : `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
    );
    expect(text).toContain(shown.join(""));
  }
  expect(pressed(pages[0]?.text ?? "")).toContain(pressed(PAPER_WORDS.en.evidence.codes));
});

test("what a device can draw stands there as a picture that is read out as its letters", async () => {
  const picture = {
    advance: 1500,
    left: -20,
    bottom: -200,
    width: 1540,
    height: 1000,
    columns: 2,
    rows: 1,
    colors: Uint8Array.of(42, 37, 33, 42, 37, 33),
    alpha: Uint8Array.of(255, 128),
  };
  const asked: string[] = [];
  const drawn = await drawPaper(familyPaper({ names: ["דוד כהן", "Ben", "Tom", "Tess"] }), (text) => {
    asked.push(text);
    return picture;
  });
  // Both words at once: in that script the first of them stands to the right.
  expect(new Set(asked)).toEqual(new Set(["דוד כהן"]));
  const text = wholeText(await read(drawn));
  expect(text).not.toContain("[U+");
  expect(text).toContain("•(adult)•Ben(adult)");
});

const anyWord = fc.oneof(
  { weight: 20, arbitrary: fc.stringMatching(/^[a-zñáéüç,.]{1,14}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z]{150,300}$/) },
);
const anyText = fc
  .array(fc.array(anyWord, { minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 40 })
  .map((lines) => lines.map((words) => words.join(" ")).join("\n"));

const isInside = ({ edges }: ReadPage): boolean =>
  edges.every(
    ([left, right, lower]) =>
      left >= PAGE.left - 1 && right <= PAGE.width - PAGE.right + 1 && (lower >= PAGE.bottom || lower < 50),
  );

test("however long it is, no word is lost, put elsewhere, or cut off at an edge", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const paper = saying(text);
      const pages = await read(await drawPaper(paper));
      expect(wholeText(pages)).toBe(expected(paper));
      expect(pages.filter((page) => !isInside(page))).toEqual([]);
      for (const page of pages) expect(page.read).toEqual(page.drawn);
    }),
    { numRuns: 20 },
  );
});

test.each([
  ["60,000 letters of words", "Lo que dices aquí se queda aquí. ".repeat(1_818)],
  ["60,000 letters without a space", "ñ".repeat(30_000)],
  ["20,000 letters that no font has", "心".repeat(20_000)],
  ["names as long as they may be", "Wolfeschlegelsteinhausenbergerdorff".repeat(5)],
])("a part of %s breaks over pages", async (_name, part) => {
  const names = [part.slice(0, 200), "B".repeat(200), "Tom", "Tess"] as const;
  const paper = { ...saying(part), ...familyPaper({ names, words: saying(part).verdict.version.words }) };
  const pages = await read(await drawPaper(paper));
  const shown = expected(paper).replaceAll("心", "[U+5FC3]");
  const text = wholeText(pages).replace(pressed(PAPER_WORDS.en.evidence.codes), "");
  expect(text).toBe(shown);
  expect(pages.every(isInside)).toBe(true);
});

test("any text at all, with whatever is in it, makes a PDF that can be read", async () => {
  const anything = fc.string({ unit: "binary", maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(anything, anything, async (name, part) => {
      const words = saying(`x${part}`).verdict.version.words;
      const pages = await read(await drawPaper(familyPaper({ names: [name, name, name, name], words })));
      expect(pages.every(isInside)).toBe(true);
      expect(wholeText(pages)).toContain(PAPER_WORDS.en.evidence.limit[1]?.replaceAll(" ", ""));
    }),
    { numRuns: 30 },
  );
});

test("the letters of codes are all in the fonts that every paper has", async () => {
  const text = wholeText(await read(await drawPaper(saying(CODE_LETTERS))));
  expect(text).toContain(pressed(CODE_LETTERS));
});
