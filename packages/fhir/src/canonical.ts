import type { CodeableConcept, Coding, Identifier } from "./resource.ts";

/**
 * Where the project's own definitions have their names. Nothing answers there: the top-level domain `example` is kept free for ever (RFC 2606), so that nobody
 * else can ever answer in the project's place either. What would stand there is `docs/formats/fhir-definitions.json`.
 */
export const CANONICAL = "https://sotto.example/fhir";

export function extensionUrl(name: string): string {
  return `${CANONICAL}/StructureDefinition/${name}`;
}

/** The version of the definitions. It changes with their meaning. */
export const DEFINITIONS_VERSION = "1";

/** Under which an id of Sotto's is one of the whole world's. */
export function uuidIdentifier(id: string): Identifier {
  return { system: "urn:ietf:rfc:3986", value: `urn:uuid:${id}` };
}

const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem";

export function concept(...coding: readonly Coding[]): CodeableConcept {
  return { coding };
}

export const PATIENT_PRIVACY: Coding = { system: `${TERMINOLOGY}/consentscope`, code: "patient-privacy" };
/** Every scope that FHIR has is about a patient (ppc-2 to ppc-5). Whoever only helps is none. */
export const COLLATERAL_PRIVACY: Coding = {
  system: `${CANONICAL}/CodeSystem/scope`,
  code: "collateral-privacy",
};
/** Consent Document. */
export const CONSENT_DOCUMENT: Coding = { system: "http://loinc.org", code: "59284-0" };
export const EVIDENCE_FORMAT: Coding = { system: `${CANONICAL}/CodeSystem/format`, code: "fam-evidence-1" };
/** Who gets to know something. */
export const RECIPIENT: Coding = { system: `${TERMINOLOGY}/v3-ParticipationType`, code: "IRCP" };
export const GUARDIAN: Coding = { system: `${TERMINOLOGY}/v3-RoleCode`, code: "GUARD" };
/** What was told alone carries it, and what was said together does not. */
export const RESTRICTED: Coding = { system: `${TERMINOLOGY}/v3-Confidentiality`, code: "R" };

const purpose = (code: string): Coding => ({ system: `${TERMINOLOGY}/v3-ActReason`, code });
export const TREATMENT = purpose("TREAT");
export const PAYMENT = purpose("HPAYMT");
export const OPERATIONS = purpose("HOPERAT");
export const EMERGENCY_TREATMENT = purpose("ETREAT");

/** Privacy Consent on FHIR, IHE ITI, 3:5.8.4. */
export const PCF_ADVANCED = "https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consentAdvanced";
