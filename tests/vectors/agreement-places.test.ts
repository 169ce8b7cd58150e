/** What places say of minors is what the reference data says that it was compiled from, where that lies beside the repository. */
import { existsSync, readFileSync } from "node:fs";
import { AGREEMENT_PLACES, placeOf } from "@sotto/content/agreement-places";
import { expect, test } from "vitest";

const reference =
  process.env["SOTTO_JURISDICTIONS"] ??
  new URL("../../../shared/domain/jurisdictions.json", import.meta.url).pathname;

interface Reference {
  readonly jurisdictions: readonly {
    readonly code: string;
    readonly name: string;
    readonly minor_consent: {
      readonly min_age: number | null;
      readonly conditions: readonly string[];
      readonly session_limits: string | null;
      readonly parent_information_rule: string;
      readonly citation: string;
      readonly verified: boolean;
      readonly as_of: string;
      readonly confidence: string;
      readonly notes: string | null;
    };
  }[];
}

test("a minor may consent alone from 12 in California, from 13 in Washington, and at no fixed age in Texas", () => {
  const ageIn = (wanted: string) => AGREEMENT_PLACES.find(({ code }) => code === wanted)?.minorAge;
  expect([ageIn("US-CA"), ageIn("US-WA"), ageIn("US-TX")]).toEqual([12, 13, null]);
  const texas = AGREEMENT_PLACES.find(({ code }) => code === "US-TX");
  expect(texas === undefined ? null : placeOf(texas)).toMatchObject({
    hasConditions: true,
    telling: ["professional-may-tell"],
    citation: "Tex. Fam. Code 32.004",
    verified: true,
  });
});

test.runIf(existsSync(reference))("they agree with the reference data, and none of it is missing", () => {
  // The file is checked by what follows.
  const data = JSON.parse(readFileSync(reference, "utf8")) as Reference;
  const wanted = data.jurisdictions.map(({ code, minor_consent: rule, name }) => ({
    code,
    name,
    minorAge: rule.min_age,
    conditions: rule.conditions,
    sessionLimits: rule.session_limits,
    rule: rule.parent_information_rule,
    citation: rule.citation,
    verified: rule.verified,
    asOf: rule.as_of,
    confidence: rule.confidence,
    notes: rule.notes,
  }));
  expect(AGREEMENT_PLACES).toHaveLength(wanted.length);
  expect(AGREEMENT_PLACES).toMatchObject(wanted);
});
