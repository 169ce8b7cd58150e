import { OperationOutcomeError, validateResource, validateTypedValue } from "@medplum/core";
import type { Bundle } from "../src/index.ts";
import {
  codesOfSystem,
  codesOfValueSet,
  isPrimitive,
  publishedElements,
  publishedForm,
} from "./published-files.ts";

/*
 * Holds what is exported against the published definitions, by a validator that is not ours: structure, types, how often, and invariants in FHIRPath. What it
 * leaves to others is done here from the same definitions: invariants and forms of the types inside, codes of required bindings, codes of HL7's own
 * systems, and where references lead.
 */

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
  const inside = valuesIn(resource, resource.resourceType).flatMap(valueFaults);
  return [...faults, ...unknown, ...inside];
}

/** A value inside of a resource, and what it is published as. */
interface TypedValue {
  readonly path: string;
  readonly type: string;
  readonly value: unknown;
  /** The kinds of resource to which a reference may lead. */
  readonly targets: readonly string[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every value inside of an object that has a type of its own. */
const valuesIn = (object: unknown, name: string, at = name): readonly TypedValue[] => {
  if (!isRecord(object)) return [];
  const elements = publishedElements(name);
  return Object.entries(object).flatMap(([key, value]) => {
    const found = elements.find(({ path }) => {
      const plain = path.slice(0, -"[x]".length);
      return path === `${at}.${key}` || (path.endsWith("[x]") && `${at}.${key}`.startsWith(plain));
    });
    if (found === undefined) return [];
    const each = Array.isArray(value) ? value : [value];
    if (found.contentReference !== undefined) {
      return each.flatMap((one) => valuesIn(one, name, found.contentReference?.slice(1)));
    }
    const named = (found.type ?? []).find(
      ({ code }) => !found.path.endsWith("[x]") || key.toLowerCase().endsWith(code.toLowerCase()),
    );
    const type = named?.code.replace(/^.*System\.String$/, "string") ?? "";
    if (type === "BackboneElement" || type === "Element")
      return each.flatMap((one) => valuesIn(one, name, `${at}.${key}`));
    const targets = (named?.targetProfile ?? []).map((url) => url.slice(url.lastIndexOf("/") + 1));
    return each.flatMap((one) => [
      { path: `${at}.${key}`, type, value: one, targets },
      ...valuesIn(one, type),
    ]);
  });
};

const valueFaults = ({ path, type, value }: TypedValue): readonly string[] => {
  if (isPrimitive(type)) {
    const isMeant = publishedForm(type)?.test(String(value)) !== false;
    return isMeant ? [] : [`${path}: has not the form of ${type}`];
  }
  // The one invariant of a reference is about what the resource contains, which only the resource knows; a resource in a bundle is looked at by itself.
  if (type === "Reference" || type === "Resource") return [];
  const inside = issuesOf(() => validateTypedValue({ type, value }));
  return type === "Coding" ? [...inside, ...codingFaults(path, value)] : inside;
};

/** A coding of a system of HL7's whose code is not in it. */
const codingFaults = (path: string, coding: unknown): readonly string[] => {
  const { code, system } = isRecord(coding) ? coding : {};
  if (typeof system !== "string" || !system.startsWith("http://terminology.hl7.org/")) return [];
  const codes = codesOfSystem(system);
  return codes?.includes(String(code)) === true ? [] : [`${path}: ${String(code)} is not in ${system}`];
};

/** References of a bundle that lead nowhere, or to something of another kind than their element is published for. */
export function referenceFaults({ entry }: Pick<Bundle, "entry">): readonly string[] {
  const kinds = new Map(entry.map(({ fullUrl, resource }) => [fullUrl, resource.resourceType] as const));
  return entry.flatMap(({ resource }) =>
    valuesIn(resource, resource.resourceType).flatMap(({ path, targets, type, value }) => {
      if (type !== "Reference" || !isRecord(value)) return [];
      const { display, identifier, reference, type: said } = value;
      if (reference === undefined && identifier === undefined && display === undefined) {
        return [`${path}: to nobody`];
      }
      const kind = typeof reference === "string" ? kinds.get(reference) : said;
      if (typeof kind !== "string") return [`${path}: leads nowhere`];
      const isMeant = targets.length === 0 || targets.includes(kind) || targets.includes("Resource");
      return isMeant ? [] : [`${path}: leads to a ${kind}`];
    }),
  );
}

/** Every object inside a value, with the path to it as it is written. */
export function objectsIn(
  value: unknown,
  path: string,
): readonly { readonly path: string; readonly object: Readonly<Record<string, unknown>> }[] {
  if (Array.isArray(value)) return value.flatMap((one) => objectsIn(one, path));
  if (!isRecord(value)) return [];
  const inside = Object.entries(value).flatMap(([key, inner]) => objectsIn(inner, `${path}.${key}`));
  return [{ path, object: value }, ...inside];
}
