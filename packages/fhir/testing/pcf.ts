import type { CodeableConcept, Coding, Consent, Provision } from "../src/resource.ts";

/*
 * What IHE asks of a consent: Privacy Consent on FHIR (PCF) 1.1, volume 3. Its profiles are in no package of the registry, so their rules are written here,
 * section by section: 3:5.8.1 what all have in common, 3:5.8.4 Advanced.
 */

const isCode = (concept: CodeableConcept | undefined, system: string, code: string): boolean =>
  concept?.coding.some((one) => one.system === system && one.code === code) === true;

/** PCF names codes that at least have to be understood (AdvancedSecurityTagVS); others may stand there only where none of these fits. */
const isTag = ({ code, system }: Coding): boolean =>
  (system === "http://terminology.hl7.org/CodeSystem/v3-Confidentiality" && ["R", "N"].includes(code)) ||
  (system === "http://terminology.hl7.org/CodeSystem/v3-ActCode" &&
    ["ETH", "ETHUD", "OPIOIDUD", "PSY", "SDV", "HIV"].includes(code));

type Loose<Of> = { readonly [Key in keyof Of]?: Of[Key] | undefined };

/** What of a consent is not as PCF wants it; nothing when it is. */
export function pcfFaults(consent: Loose<Consent>): readonly string[] {
  const rule = (section: string, isMet: boolean, says: string): readonly string[] =>
    isMet ? [] : [`${section}: ${says}`];
  const common = "3:5.8.1";
  const { provision } = consent;
  const isScope = isCode(
    consent.scope,
    "http://terminology.hl7.org/CodeSystem/consentscope",
    "patient-privacy",
  );
  return [
    ...rule(common, consent.status !== undefined, "status 1..1"),
    ...rule(common, isScope, "scope is patient-privacy"),
    ...rule(common, (consent.category?.length ?? 0) > 0, "category 1.."),
    ...rule(common, consent.patient !== undefined, "patient 1..1"),
    ...rule(common, consent.dateTime !== undefined, "dateTime 1..1"),
    ...rule(common, (consent.performer?.length ?? 0) > 0, "performer 1.."),
    ...rule(common, (consent.organization?.length ?? 0) > 0, "organization 1.."),
    ...rule(common, consent.sourceReference !== undefined, "source 1..1"),
    ...rule(common, consent.policy?.every(({ uri }) => uri !== "") === true, "policy.uri 1..1"),
    ...rule(common, !("verification" in consent), "verification 0..0"),
    ...rule(common, provision !== undefined, "provision 1..1"),
    ...(provision === undefined ? [] : provisionFaults(provision, 0)),
  ];
}

const provisionFaults = (provision: Provision, depth: number): readonly string[] => [
  ...(provision.type === undefined ? ["3:5.8.1: provision.type 1..1"] : []),
  ...["action", "class", "code"].filter((name) => name in provision).map((name) => `3:5.8.1: ${name} 0..0`),
  ...(depth > 1 ? ["3:5.8.1: provision.provision.provision 0..0"] : []),
  ...(provision.actor ?? [])
    .filter(({ role }) => !isCode(role, "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP"))
    .map(() => "3:5.8.1: provision.actor.role is IRCP"),
  ...(provision.securityLabel ?? []).filter((label) => !isTag(label)).map(() => "3:5.8.4: securityLabel"),
  ...(provision.provision ?? []).flatMap((inner) => provisionFaults(inner, depth + 1)),
];
