/** What is published of the export is what writes it. */
import { AGREEMENT_PARTS } from "@sotto/domain";
import { fhirDefinitions } from "@sotto/fhir/definitions";
import { expect, test } from "vitest";
import { FHIR_FILE, fhirFile } from "./fhir-definitions.ts";
import { readText } from "./read-sources.ts";

const FORMAT = "docs/formats/fhir.md";

test("the published definitions are the ones that write; `npm run fhir` writes them anew", () => {
  expect(readText(FHIR_FILE)).toBe(fhirFile());
});

test("the format tells of every extension and of every part", () => {
  const told = readText(FORMAT);
  const extensions = fhirDefinitions().filter(({ resourceType }) => resourceType === "StructureDefinition");
  expect(extensions.length).toBe(AGREEMENT_PARTS.length + 4);
  for (const { id } of extensions) expect(told).toContain(`\`${id}\``);
});
