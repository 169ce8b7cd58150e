import { fhirDefinitions } from "../src/definitions.ts";
import type { CodeSystem, ExtensionDefinition, ValueSet } from "../src/definitions.ts";
import type { Extension } from "../src/resource.ts";
import { objectsIn } from "./published.ts";

/* Reads the definitions of Sotto's own extensions as anybody would who has nothing but them, and holds an export against them. */

type Element = ExtensionDefinition["differential"]["element"][number];

const all = fhirDefinitions();
const extensions = all.filter(
  (one): one is ExtensionDefinition => one.resourceType === "StructureDefinition",
);
const systems = all.filter((one): one is CodeSystem => one.resourceType === "CodeSystem");
const valueSets = all.filter((one): one is ValueSet => one.resourceType === "ValueSet");

const codesOf = (url: string): readonly string[] => {
  const include = valueSets.find((one) => one.url === url)?.compose.include ?? [];
  return include.flatMap(({ system }) =>
    (systems.find((one) => one.url === system)?.concept ?? []).map(({ code }) => code),
  );
};

const isOutOfCount = (count: number, { max = "*", min = 0 }: Element): boolean =>
  count < min || (max !== "*" && count > Number(max));

/** What is wrong with the extensions of a resource, those inside of them included. */
export function extensionFaults(resource: { readonly resourceType: string }): readonly string[] {
  return objectsIn(resource, resource.resourceType)
    .filter(({ path }) => !path.includes(".extension"))
    .flatMap(({ object, path }) => {
      const place = path.replaceAll(/^DocumentReference\.content\.attachment$/g, "Attachment");
      // What an extension is, is held against FHIR's own type; here it is ours.
      const here = (object["extension"] ?? []) as readonly Extension[];
      const unknown = here.flatMap((one) => {
        const definition = extensions.find(({ url }) => url === one.url);
        if (definition === undefined) return [`${path}: ${one.url} is not defined`];
        if (!definition.context.some(({ expression }) => expression === place)) {
          return [`${path}: ${one.url} does not belong here`];
        }
        return faultsInside(one, definition.differential.element, "Extension");
      });
      const counts = extensions
        .filter(({ context }) => context.some(({ expression }) => expression === place))
        .flatMap((definition) => {
          const [root] = definition.differential.element;
          const count = here.filter(({ url }) => url === definition.url).length;
          const isWrong = root !== undefined && isOutOfCount(count, root);
          return isWrong ? [`${path}: ${definition.url} stands there ${count} times`] : [];
        });
      return [...unknown, ...counts];
    });
}

const faultsInside = (extension: Extension, elements: readonly Element[], id: string): readonly string[] => {
  const { extension: inside = [], url: _url, ...values } = extension;
  const slices = elements.filter(
    (one) => one.sliceName !== undefined && one.id === `${id}.extension:${one.sliceName}`,
  );
  const unknown = inside.filter(({ url }) => !slices.some(({ sliceName }) => sliceName === url));
  const value = elements.find((one) => one.id === `${id}.value[x]`);
  const found = Object.entries(values);
  const type = value?.type?.[0]?.code ?? "";
  const name = `value${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
  const codes = value?.binding === undefined ? null : codesOf(value.binding.valueSet);
  return [
    ...unknown.map(({ url }) => `${id}: ${url} is not defined`),
    ...slices.flatMap((slice) => {
      const these = inside.filter(({ url }) => url === slice.sliceName);
      const isWrong = isOutOfCount(these.length, slice);
      const count = isWrong ? [`${slice.id}: stands there ${these.length} times`] : [];
      return [...count, ...these.flatMap((one) => faultsInside(one, elements, slice.id))];
    }),
    ...(value?.max === "0" && found.length > 0 ? [`${id}: has a value`] : []),
    ...(value?.min === 1 && found.length !== 1 ? [`${id}: has ${found.length} values`] : []),
    ...found.flatMap(([key, inner]) => {
      if (value?.max === "0") return [];
      if (key !== name) return [`${id}: is a ${key}`];
      return codes === null || (typeof inner === "string" && codes.includes(inner))
        ? []
        : [`${id}: is no code of its list`];
    }),
  ];
};
