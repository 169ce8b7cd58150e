import { AGREEMENT_PARTS } from "@sotto/domain";
import { anyChoices, frozen } from "@sotto/domain/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyExport, anyVersion, exportOf, idsInOrder, offerOf } from "../testing/agreement.ts";
import { extensionFaults } from "../testing/own-extensions.ts";
import { pcfFaults } from "../testing/pcf.ts";
import { publishedFaults, referenceFaults } from "../testing/published.ts";
import { consentBundle } from "./consent-bundle.ts";
import type { ConsentExport } from "./consent-bundle.ts";
import { PCF_ADVANCED } from "./canonical.ts";
import type { Bundle, Consent } from "./resource.ts";

/* Any agreement at all, contradictory ones too, in any stage, signed by anybody or nobody. */

const bundleOf = (wish: ConsentExport): Bundle => {
  const bundle = consentBundle({ ...wish, nextId: idsInOrder() });
  if (bundle === null) throw new Error("the version is in the state");
  return bundle;
};

const consentsOf = ({ entry }: Bundle): readonly Consent[] =>
  entry.flatMap(({ resource }) => (resource.resourceType === "Consent" ? [resource] : []));

/** What each consent says in its extensions, with people by who they are: the address of an entry is another in each export. */
const saidBy = (bundle: Bundle): readonly string[] =>
  consentsOf(bundle).map(({ extension }) =>
    bundle.entry.reduce((text, { fullUrl, resource }) => {
      const [first] = "identifier" in resource ? resource.identifier : [];
      return text.replaceAll(`"reference":"${fullUrl}"`, `"is":"${first?.value ?? ""}"`);
    }, JSON.stringify(extension)),
  );

test("every export is valid by the published definitions of FHIR R4, and every reference in it leads where it may", () => {
  let consents = 0;
  fc.assert(
    fc.property(anyExport, (wish) => {
      const bundle = bundleOf(wish);
      consents += consentsOf(bundle).length;
      expect(publishedFaults(bundle)).toEqual([]);
      for (const { resource } of bundle.entry) expect(publishedFaults(resource)).toEqual([]);
      expect(referenceFaults(bundle)).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(consents).toBeGreaterThan(200);
}, 240_000);

test("every extension in an export is as its own definition says", () => {
  let said = 0;
  fc.assert(
    fc.property(anyExport, (wish) => {
      for (const { resource } of bundleOf(wish).entry) {
        said += "extension" in resource ? resource.extension.length : 0;
        expect(extensionFaults(resource)).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
  expect(said).toBeGreaterThan(3000);
}, 120_000);

test("a consent that says it is one of IHE's is as they want it, and every one of a patient with a document says so", () => {
  const counts = { shaped: 0, other: 0 };
  fc.assert(
    fc.property(anyExport, (wish) => {
      for (const consent of consentsOf(bundleOf(wish))) {
        const says = consent.meta?.profile.includes(PCF_ADVANCED) === true;
        counts[says ? "shaped" : "other"] += 1;
        expect(pcfFaults(consent).length === 0).toBe(says);
        expect(says).toBe(consent.patient !== undefined && wish.files.length > 0);
      }
    }),
    { numRuns: 300 },
  );
  expect(Math.min(counts.shaped, counts.other)).toBeGreaterThan(50);
}, 120_000);

test("no choice is lost: two versions that differ in one part have consents that differ", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(anyVersion, anyChoices, fc.constantFrom(...AGREEMENT_PARTS), (version, other, part) => {
      if (JSON.stringify(version.choices[part]) === JSON.stringify(other[part])) return;
      const choices = { ...version.choices, [part]: other[part] };
      // What has to be told apart is said in every consent, whoever signs.
      const [one, two] = [version, { ...version, choices }].map((each) =>
        saidBy(bundleOf(exportOf(offerOf(each)))),
      );
      const shared = (one ?? []).filter((text) => two?.includes(text));
      seen.set(part, (seen.get(part) ?? 0) + (one?.length ?? 0));
      expect(shared).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  for (const part of AGREEMENT_PARTS) expect([part, (seen.get(part) ?? 0) > 20]).toEqual([part, true]);
}, 240_000);

test("whatever was answered instead of signing, and why something never came into force, an export is the same", () => {
  fc.assert(
    fc.property(anyExport, (wish) => {
      const silent = {
        ...wish.state,
        versions: wish.state.versions.map((offer) => ({
          ...offer,
          answers: new Map(),
          stage: offer.stage.kind === "void" ? ({ kind: "void", why: "replaced" } as const) : offer.stage,
        })),
      };
      expect(bundleOf(wish)).toEqual(bundleOf({ ...wish, state: silent }));
    }),
    { numRuns: 300 },
  );
});

test("an export changes nothing of what it is made from", () => {
  fc.assert(
    fc.property(anyExport, (wish) => {
      const { files, nextId, people, ...rest } = wish;
      expect(consentBundle({ ...frozen(rest), files, nextId, people })).not.toBeNull();
    }),
    { numRuns: 100 },
  );
});
