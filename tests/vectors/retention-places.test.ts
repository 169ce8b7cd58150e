/** The places' rules that the product ships are those of the reference data they were compiled from, where that lies beside the repository. */
import { existsSync, readFileSync } from "node:fs";
import { isForCounsel, RETENTION_PLACES, ruleOf } from "@sotto/content/retention-places";
import { problemOfRule } from "@sotto/domain";
import { expect, test } from "vitest";

const reference =
  process.env["SOTTO_JURISDICTIONS"] ??
  new URL("../../../shared/domain/jurisdictions.json", import.meta.url).pathname;

interface Source {
  readonly citation: string;
  readonly verified: boolean;
  readonly as_of: string;
}
interface Reference {
  readonly default_retention_when_unknown: Source & { readonly adult_years: number; readonly minor: string };
  readonly jurisdictions: readonly {
    readonly code: string;
    readonly retention: readonly (Source & {
      readonly applies_to: string;
      readonly confidence: string;
      readonly adult: { readonly years: number | null; readonly from: string | null };
      readonly minor: { readonly rule: string; readonly until_age: number | null };
      readonly maximum: { readonly years: number } | null;
    })[];
  }[];
}

test("each place's rule is one that a practice may have, and says where it comes from", () => {
  expect(RETENTION_PLACES.length).toBeGreaterThan(15);
  expect(new Set(RETENTION_PLACES.map(({ id }) => id)).size).toBe(RETENTION_PLACES.length);
  for (const place of RETENTION_PLACES) {
    const rule = ruleOf(place);
    expect({ id: place.id, problem: problemOfRule(rule) }).toEqual({ id: place.id, problem: null });
    expect(rule.recordMonths).toBe(place.years * 12);
    expect(rule.verified).toBe(!isForCounsel(place));
    for (const text of [place.place, place.appliesTo, place.minorRule, place.citation, place.asOf]) {
      expect(text).not.toBe("");
    }
  }
});

test("a child's record in California is kept for seven years after they are 18, and Colorado knows a maximum", () => {
  const ruleFor = (id: string) => {
    const place = RETENTION_PLACES.find((known) => known.id === id);
    return place === undefined ? null : ruleOf(place);
  };
  expect(ruleFor("us-ca")).toMatchObject({
    recordMonths: 84,
    minorMonths: 84,
    maximumMonths: null,
    verified: true,
  });
  expect(ruleFor("us-co-lpc")).toMatchObject({ recordMonths: 84, minorMonths: 84, maximumMonths: 144 });
  expect(ruleFor("us-ny")).toMatchObject({ recordMonths: 72, minorMonths: 48 });
  expect(ruleFor("us-fl")).toMatchObject({ minorMonths: 36, verified: false });
});

test.runIf(existsSync(reference))("they agree with the reference data, and none of it is missing", () => {
  // The file is checked by what follows.
  const data = JSON.parse(readFileSync(reference, "utf8")) as Reference;
  const wanted = data.jurisdictions.flatMap(({ code, retention }) =>
    retention.flatMap((rule) =>
      // HIPAA's six years are for the practice's own papers, not for what is said in a session.
      rule.adult.years === null || code === "US-HIPAA"
        ? []
        : [
            {
              jurisdiction: code,
              years: rule.adult.years,
              from: rule.adult.from,
              minorRule: rule.minor.rule,
              untilAge: rule.minor.until_age,
              maximumYears: rule.maximum?.years ?? null,
              citation: rule.citation,
              verified: rule.verified,
              asOf: rule.as_of,
              confidence: rule.confidence,
            },
          ],
    ),
  );
  const shipped = RETENTION_PLACES.filter(({ jurisdiction }) => jurisdiction !== "");
  expect(shipped).toHaveLength(wanted.length);
  expect(shipped).toMatchObject(wanted);
  const { default_retention_when_unknown: guideline } = data;
  expect(RETENTION_PLACES.find(({ jurisdiction }) => jurisdiction === "")).toMatchObject({
    years: guideline.adult_years,
    minorRule: guideline.minor,
    citation: guideline.citation,
    verified: guideline.verified,
    asOf: guideline.as_of,
  });
});
