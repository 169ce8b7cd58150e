import { frozen } from "@sotto/domain/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyExport } from "../testing/agreement.ts";
import { extensionFaults } from "../testing/own-extensions.ts";
import { pcfFaults } from "../testing/pcf.ts";
import { publishedFaults, referenceFaults } from "../testing/published.ts";
import { bundleOf, consentsOf } from "../testing/read-bundle.ts";
import { consentBundle } from "./consent-bundle.ts";
import { PCF_ADVANCED } from "./canonical.ts";

/* Any agreement at all, contradictory ones too, in any stage, signed by anybody or nobody. */

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
    { numRuns: 60 },
  );
  expect(consents).toBeGreaterThan(80);
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
    { numRuns: 150 },
  );
  expect(said).toBeGreaterThan(1500);
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
    { numRuns: 150 },
  );
  expect(Math.min(counts.shaped, counts.other)).toBeGreaterThan(30);
}, 120_000);

test("whatever was answered instead of signing, and why something never came into force, an export is the same", () => {
  fc.assert(
    fc.property(anyExport, (wish) => {
      const silent = {
        ...wish.state,
        versions: wish.state.versions.map((offer) => ({
          ...offer,
          answers: new Map(),
          takenBack: new Map(),
          stage: offer.stage.kind === "void" ? ({ kind: "void", why: "replaced" } as const) : offer.stage,
        })),
      };
      expect(bundleOf(wish)).toEqual(bundleOf({ ...wish, state: silent }));
    }),
    { numRuns: 150 },
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
