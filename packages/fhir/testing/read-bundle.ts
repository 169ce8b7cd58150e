import { consentBundle } from "../src/index.ts";
import type { Bundle, ConsentExport } from "../src/index.ts";
import type { Consent } from "../src/resource.ts";
import { idsInOrder } from "./agreement.ts";

/** An export, with ids from the first on: two of one thing are the same. */
export const bundleOf = (wish: ConsentExport): Bundle => {
  const bundle = consentBundle({ ...wish, nextId: idsInOrder() });
  if (bundle === null) throw new Error("the version is in the state");
  return bundle;
};

export const consentsOf = ({ entry }: Bundle): readonly Consent[] =>
  entry.flatMap(({ resource }) => (resource.resourceType === "Consent" ? [resource] : []));

/** What each consent says in its extensions, with people by who they are: the address of an entry is another in each export. */
export const saidBy = (bundle: Bundle): readonly string[] =>
  consentsOf(bundle).map(({ extension }) =>
    bundle.entry.reduce((text, { fullUrl, resource }) => {
      const [first] = "identifier" in resource ? resource.identifier : [];
      return text.replaceAll(`"reference":"${fullUrl}"`, `"is":"${first?.value ?? ""}"`);
    }, JSON.stringify(extension)),
  );
