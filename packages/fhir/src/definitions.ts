import {
  CANONICAL,
  DEFINITIONS_VERSION,
  EVIDENCE_FORMAT,
  extensionUrl,
  COLLATERAL_PRIVACY,
} from "./canonical.ts";
import { SIGNATURE_FIELD, TELLING_FIELD, VERSION_FIELD } from "./consent-fields.ts";
import type { Count, Shape } from "./field.ts";
import { ALL_PART_FIELDS } from "./part-fields.ts";

/*
 * The published definitions of what Sotto adds to FHIR, made of the same fields that write it: for each extension a StructureDefinition, for each list of codes
 * a code system and a value set. `npm run fhir` puts them into `docs/formats/fhir-definitions.json`.
 */

interface ElementDefinition {
  readonly id: string;
  readonly path: string;
  readonly sliceName?: string;
  readonly short?: string;
  readonly min?: number;
  readonly max?: string;
  readonly fixedUri?: string;
  readonly type?: readonly { readonly code: string }[];
  readonly binding?: { readonly strength: "required"; readonly valueSet: string };
}

/** An extension of Sotto's, as a difference from FHIR's own type. */
export interface ExtensionDefinition {
  readonly resourceType: "StructureDefinition";
  readonly id: string;
  readonly url: string;
  readonly version: string;
  readonly name: string;
  readonly title: string;
  readonly status: "active";
  readonly description: string;
  readonly fhirVersion: "4.0.1";
  readonly kind: "complex-type";
  readonly abstract: false;
  readonly context: readonly { readonly type: "element"; readonly expression: string }[];
  readonly type: "Extension";
  readonly baseDefinition: string;
  readonly derivation: "constraint";
  readonly differential: { readonly element: readonly ElementDefinition[] };
}

export interface CodeSystem {
  readonly resourceType: "CodeSystem";
  readonly id: string;
  readonly url: string;
  readonly version: string;
  readonly name: string;
  readonly status: "active";
  readonly content: "complete";
  readonly caseSensitive: true;
  readonly concept: readonly { readonly code: string; readonly definition?: string }[];
}

export interface ValueSet {
  readonly resourceType: "ValueSet";
  readonly id: string;
  readonly url: string;
  readonly version: string;
  readonly name: string;
  readonly status: "active";
  readonly compose: { readonly include: readonly { readonly system: string }[] };
}

export type Definition = ExtensionDefinition | CodeSystem | ValueSet;

const SHA_256: Shape = {
  url: extensionUrl("file-sha-256"),
  says: "SHA-256 of the file, beside the SHA-1 that FHIR R4 asks for.",
  count: "may",
  holds: { kind: "base64Binary" },
};

const CONSENT_SHAPES = [VERSION_FIELD, SIGNATURE_FIELD, ...ALL_PART_FIELDS].map(({ shape }) => shape);

/** All of them: extensions, then code systems and value sets. */
export function fhirDefinitions(): readonly Definition[] {
  const extensions = [
    ...CONSENT_SHAPES.map((shape) => ({ shape, expression: "Consent" })),
    { shape: TELLING_FIELD.shape, expression: "Consent.provision.provision" },
    { shape: SHA_256, expression: "Attachment" },
  ];
  return [
    ...extensions.map(({ expression, shape }) => extensionDefinition(shape, expression)),
    ...extensions.flatMap(({ shape }) => codesOf(shape, idOf(shape.url))),
    codeSystem("scope", [
      {
        code: COLLATERAL_PRIVACY.code,
        definition: "The privacy of somebody who helps in another person's treatment.",
      },
    ]),
    codeSystem("format", [
      {
        code: EVIDENCE_FORMAT.code,
        definition: "An evidence file, fam/evidence/1: docs/formats/agreement.md.",
      },
    ]),
  ];
}

const idOf = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

/** Names of definitions begin with a capital letter and have no others than letters and digits (sdf-0). */
const nameOf = (id: string): string =>
  `Sotto${id.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}`;

const TIMES: { readonly [Often in Count]: { readonly min: number; readonly max: string } } = {
  one: { min: 1, max: "1" },
  may: { min: 0, max: "1" },
  many: { min: 0, max: "*" },
};

const extensionDefinition = (shape: Shape, expression: string): ExtensionDefinition => {
  const id = idOf(shape.url);
  return {
    resourceType: "StructureDefinition",
    id,
    url: shape.url,
    version: DEFINITIONS_VERSION,
    name: nameOf(id),
    title: id,
    status: "active",
    description: shape.says,
    fhirVersion: "4.0.1",
    kind: "complex-type",
    abstract: false,
    context: [{ type: "element", expression }],
    type: "Extension",
    baseDefinition: "http://hl7.org/fhir/StructureDefinition/Extension",
    derivation: "constraint",
    differential: {
      element: [
        { id: "Extension", path: "Extension", short: shape.says, ...TIMES[shape.count] },
        ...insideOf(shape, "Extension", "Extension", id),
      ],
    },
  };
};

const insideOf = (shape: Shape, id: string, path: string, list: string): readonly ElementDefinition[] => {
  const { holds, url } = shape;
  const address: ElementDefinition = { id: `${id}.url`, path: `${path}.url`, fixedUri: url };
  const value = { id: `${id}.value[x]`, path: `${path}.value[x]` };
  if (holds.kind === "fields") {
    const fields = holds.fields.flatMap((field): readonly ElementDefinition[] => {
      const inside = { id: `${id}.extension:${field.url}`, path: `${path}.extension` };
      return [
        { ...inside, sliceName: field.url, short: field.says, ...TIMES[field.count] },
        ...insideOf(field, inside.id, inside.path, `${list}-${field.url}`),
      ];
    });
    return [...fields, address, { ...value, max: "0" }];
  }
  const bound =
    holds.kind === "code" ? { binding: { strength: "required", valueSet: valueSetUrl(list) } as const } : {};
  return [
    { id: `${id}.extension`, path: `${path}.extension`, max: "0" },
    address,
    { ...value, min: 1, type: [{ code: holds.kind }], ...bound },
  ];
};

const valueSetUrl = (id: string): string => `${CANONICAL}/ValueSet/${id}`;

const codesOf = ({ holds }: Shape, list: string): readonly Definition[] => {
  if (holds.kind === "fields") return holds.fields.flatMap((field) => codesOf(field, `${list}-${field.url}`));
  if (holds.kind !== "code") return [];
  const system = codeSystem(
    list,
    holds.codes.map((code) => ({ code })),
  );
  const valueSet: ValueSet = {
    resourceType: "ValueSet",
    id: list,
    url: valueSetUrl(list),
    version: DEFINITIONS_VERSION,
    name: nameOf(list),
    status: "active",
    compose: { include: [{ system: system.url }] },
  };
  return [system, valueSet];
};

const codeSystem = (id: string, concepts: CodeSystem["concept"]): CodeSystem => ({
  resourceType: "CodeSystem",
  id,
  url: `${CANONICAL}/CodeSystem/${id}`,
  version: DEFINITIONS_VERSION,
  name: nameOf(id),
  status: "active",
  content: "complete",
  caseSensitive: true,
  concept: concepts,
});
