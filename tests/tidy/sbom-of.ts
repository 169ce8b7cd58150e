/** What Sotto ships of others, as a CycloneDX document, from the lockfile alone: the same lockfile is always the same document. */
import { readText } from "./read-sources.ts";

export const SBOM_FILE = "docs/sbom.json";

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface Component {
  readonly type: "library";
  readonly "bom-ref": string;
  readonly name: string;
  readonly version: string;
  readonly scope: "required" | "optional";
  readonly purl: string;
  readonly hashes: readonly { readonly alg: "SHA-512"; readonly content: string }[];
  readonly licenses: readonly { readonly expression: string }[];
}

export interface Sbom {
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly version: 1;
  readonly metadata: { readonly component: Readonly<Record<string, unknown>> };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** What is shipped: the packages and the applications. Tests, benchmarks and tools are not. */
const SHIPPED = /^(packages|apps)\/[a-z]+$/;

export function readSbom(): Sbom {
  // npm's own format, version 3.
  const lock = JSON.parse(readText("package-lock.json")) as {
    readonly version: string;
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return sbomOf(lock.packages, lock.version);
}

export function sbomOf(packages: Readonly<Record<string, Locked>>, version: string): Sbom {
  const found = new Map<
    string,
    { readonly scope: "required" | "optional"; readonly uses: readonly string[] }
  >();
  const roots = Object.keys(packages).filter((place) => SHIPPED.test(place));
  const visit = (place: string, scope: "required" | "optional"): void => {
    const known = found.get(place);
    if (known !== undefined && (known.scope === "required" || scope === "optional")) return;
    const uses = usedBy(packages, place);
    found.set(place, { scope, uses: uses.map(({ at }) => at) });
    for (const { at, isOptional } of uses) visit(at, isOptional ? "optional" : scope);
  };
  for (const root of roots) visit(root, "required");
  const foreign = [...found].filter(([place]) => place.includes("node_modules/"));
  const ref = (place: string): string => purlOf(place, packages[place]?.version ?? "");
  const components = foreign
    .map(([place, { scope }]) => componentOf(place, packages[place] ?? {}, scope))
    .toSorted((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1));
  const unique = components.filter((one, index) => one["bom-ref"] !== components[index - 1]?.["bom-ref"]);
  const edges = foreign
    .map(([place, { uses }]) => ({ ref: ref(place), dependsOn: [...new Set(uses.map(ref))].toSorted() }))
    .toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
    .filter((one, index, all) => one.ref !== all[index - 1]?.ref);
  const direct = new Set(
    roots.flatMap((root) => found.get(root)?.uses ?? []).filter((place) => place.includes("node_modules/")),
  );
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": "sotto",
        name: "sotto",
        version,
        licenses: [{ expression: "AGPL-3.0-or-later" }],
      },
    },
    components: unique,
    dependencies: [{ ref: "sotto", dependsOn: [...direct].map(ref).toSorted() }, ...edges],
  };
}

function usedBy(
  packages: Readonly<Record<string, Locked>>,
  place: string,
): readonly { readonly at: string; readonly isOptional: boolean }[] {
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = packages[place] ?? {};
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  const wanted = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers]);
  return [...wanted].flatMap((name) => {
    const at = placeOf(packages, place, name);
    return at === null ? [] : [{ at, isOptional: name in optionalDependencies }];
  });
}

/** Where a package finds another: in its own folder, or in one above it. A workspace is found behind its link. */
function placeOf(packages: Readonly<Record<string, Locked>>, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))) {
    const at = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    const there = packages[at];
    if (there !== undefined) return there.link === true ? (there.resolved ?? null) : at;
    if (folder === "") return null;
  }
}

function componentOf(place: string, locked: Locked, scope: "required" | "optional"): Component {
  const { integrity = "", license, version = "" } = locked;
  const name = nameOf(place);
  const isSha512 = integrity.startsWith("sha512-");
  return {
    type: "library",
    "bom-ref": purlOf(place, version),
    name,
    version,
    scope,
    purl: purlOf(place, version),
    hashes: isSha512
      ? [{ alg: "SHA-512", content: Buffer.from(integrity.slice(7), "base64").toString("hex") }]
      : [],
    licenses: license === undefined ? [] : [{ expression: license }],
  };
}

const nameOf = (place: string): string => place.slice(place.lastIndexOf("node_modules/") + 13);

const purlOf = (place: string, version: string): string =>
  `pkg:npm/${nameOf(place).replace("@", "%40")}@${version}`;
