import { AGREEMENT_PARTS } from "@sotto/domain";
import type { PaperWords } from "@sotto/content/paper-words";
import { fill } from "./block.ts";
import type { Block } from "./block.ts";
import { evidenceBlocks } from "./evidence-blocks.ts";
import { PaperFault, spanOf } from "./paper.ts";
import type { AgreementPaper } from "./paper.ts";
import { nameOf, sayCapacity, sayDay, sayMoment } from "./say.ts";

/** All that stands on the paper: whom it is about, whether it holds, the parts word by word, and the evidence on pages of its own. */
export function blocksOf(paper: AgreementPaper, words: PaperWords): readonly Block[] {
  const { number, on } = paper.verdict.version;
  return [
    { kind: "heading", level: 1, text: words.title },
    {
      kind: "paragraph",
      isSoft: true,
      text: `${fill(words.version, { number })}. ${fill(words.madeFor, { day: sayDay(words, on) })}.`,
    },
    ...peopleBlocks(paper, words),
    ...standingBlocks(paper, words),
    { kind: "heading", level: 2, text: words.agreed },
    ...partBlocks(paper, words),
    { kind: "new-page" },
    ...evidenceBlocks(paper, words),
  ];
}

const peopleBlocks = (paper: AgreementPaper, words: PaperWords): readonly Block[] => {
  const { parties, therapists } = paper.verdict.version;
  const items = [
    ...parties.map(({ person, role, signs }) =>
      fill(signs || role === "guardian" ? words.people.party : words.people.notSigning, {
        name: nameOf(paper, person),
        role: words.roles[role],
      }),
    ),
    ...therapists.map((person) => fill(words.people.therapist, { name: nameOf(paper, person) })),
    ...(paper.practice.trim() === "" ? [] : [fill(words.people.practice, { name: paper.practice })]),
  ];
  return [
    { kind: "heading", level: 2, text: words.people.title },
    { kind: "list", items },
  ];
};

const standingBlocks = (paper: AgreementPaper, words: PaperWords): readonly Block[] => {
  const { evidence, verdict } = paper;
  const texts = [standing(paper, words)];
  if (verdict.stage?.kind === "open" && verdict.missing.length > 0) {
    const missing = verdict.missing.map(
      (one) => `${nameOf(paper, one.person)} (${sayCapacity(words, paper, one)})`,
    );
    texts.push(fill(words.standing.waiting, { names: missing.join(", ") }));
  }
  texts.push(fill(words.standing.copy, { day: sayMoment(words, evidence.madeAt) }));
  return [
    { kind: "heading", level: 2, text: words.standing.title },
    ...texts.map((text): Block => ({ kind: "paragraph", text })),
  ];
};

const standing = ({ verdict }: AgreementPaper, words: PaperWords): string => {
  const { isSigned, stage } = verdict;
  if (stage === null) return words.standing.none;
  // Says that it holds only where the copy proves it.
  const isHeld = stage.kind === "in-force" || stage.kind === "superseded";
  if (isHeld && !isSigned) return words.standing.broken;
  const { since, until } = spanOf(stage);
  return fill(words.stages[stage.kind], {
    since: since === null ? "" : sayMoment(words, since),
    until: until === null ? "" : sayMoment(words, until),
  });
};

const partBlocks = ({ language, reader, verdict }: AgreementPaper, words: PaperWords): readonly Block[] => {
  const said = verdict.version.words.filter((one) => one.language === language && one.reader === reader);
  if (said.length === 0) throw new PaperFault("not-worded");
  return AGREEMENT_PARTS.flatMap((part, place): readonly Block[] => {
    const text = said.find((one) => one.part === part)?.text;
    if (text === undefined) return [];
    const items = text.split("\n").filter((line) => line.trim() !== "");
    return [
      { kind: "heading", level: 3, text: `${String(place + 1)}. ${words.parts[part]}` },
      items.length > 1 ? { kind: "list", items } : { kind: "paragraph", text },
    ];
  });
};
