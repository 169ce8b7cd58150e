import { THREATS, type AttackRow, type Threat } from "./row.ts";
import { saidAt } from "./words.ts";

/** What a person sees of an attack, in the words of the catalogue. Throws for words that are not there. */
export function seenOf({ outcome }: AttackRow, catalogue: unknown): string {
  if ("nothing" in outcome) return outcome.nothing;
  if ("open" in outcome) return `**Open.** ${outcome.open}`;
  return outcome.sees
    .map((place) => {
      const said = saidAt(catalogue, place);
      if (said === null) throw new Error(`the catalogue says nothing at ${place}`);
      return `“${said}”`;
    })
    .join(" ");
}

/** How many attacks end in which way. */
export function countsOf(rows: readonly AttackRow[]): {
  readonly seen: number;
  readonly nothing: number;
  readonly open: number;
} {
  const count = (kind: "sees" | "nothing" | "open") => rows.filter(({ outcome }) => kind in outcome).length;
  return { seen: count("sees"), nothing: count("nothing"), open: count("open") };
}

const byThreat = (a: AttackRow, b: AttackRow): number => numberOf(a.threat) - numberOf(b.threat);
const numberOf = (threat: Threat): number => Number(threat.slice(1));
const cell = (text: string): string => text.replaceAll("|", "\\|");

/** `docs/threat-model/attacks.md`: every attack of the table, and what the person sees of it. */
export function attacksPage(rows: readonly AttackRow[], catalogue: unknown): string {
  const { nothing, open, seen } = countsOf(rows);
  const threats = new Set(rows.map(({ threat }) => threat));
  const attacks = new Set(rows.map(({ attack, threat }) => `${threat} ${attack}`));
  const helped = rows.filter((row) => row.with !== undefined).length;
  const lines = rows.toSorted(byThreat).map((row) => {
    const by = row.with === undefined ? row.variant : `${row.variant} (with the help of ${row.with})`;
    const test = "id" in row ? `\`${row.id}\`` : `“${row.test}” in \`${row.file.replace("tests/", "")}\``;
    return `| ${row.threat} ${THREATS[row.threat]} | ${cell(row.attack)} | ${cell(by)} | ${cell(seenOf(row, catalogue))} | ${cell(test)} |`;
  });
  return [
    "# What a server that lies can do, and what you see",
    "",
    "Each line is a test: an unmodified client, the real server, and a lie between the two. Made from the table that the tests share (`npm run attacks`), and held against them.",
    "The words are those on the screen. After each lie the server tells the truth again, and everything true is there.",
    "",
    `**${rows.length} variants of ${attacks.size} attacks, for ${threats.size} threats.** ${seen} are shown or refused in these words, ${nothing} come to nothing, ${open} are open. In ${helped} of them somebody helps the server.`,
    "",
    "A name in the last column is how a test in `tests/scenarios/attack-*.test.ts` declares itself, and each of those sees all of it within one exchange: the device has come into step with the server at most once since a lie began. The others stood before.",
    "",
    "| threat | attack | variant | what the person sees | test |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}
