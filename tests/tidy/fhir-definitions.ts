import { fhirDefinitions } from "@sotto/fhir/definitions";

export const FHIR_FILE = "docs/formats/fhir-definitions.json";

/** The definitions as one FHIR bundle: a tool that checks exports loads it as it is. */
export function fhirFile(): string {
  const entry = fhirDefinitions().map((resource) => ({ fullUrl: resource.url, resource }));
  return `${JSON.stringify({ resourceType: "Bundle", type: "collection", entry }, null, 1)}\n`;
}
