import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

/** The folder of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** What is made and never committed (.gitignore), besides the repository's own folder. */
const notOurs = new Set([
  ".git",
  "node_modules",
  "dist",
  ".tsbuild",
  "data",
  "demo-data",
  "coverage",
  "test-results",
]);

/** Every file below a folder of the project, as a path from the project's folder with forward slashes, sorted. */
export function listFiles(folder = ""): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      if (notOurs.has(entry.name) || entry.name.endsWith(".log")) return [];
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(path);
      return entry.isFile() ? [path] : [];
    })
    .toSorted();
}

/** The text of a file of the project. */
export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** A node of a syntax tree, as far as these tests look at one. */
export type SyntaxNode = Readonly<Record<string, unknown>> & Readonly<{ type: string; start: number }>;

export type ImportUse = Readonly<{
  /** What stands in the quotes. */
  from: string;
  /** True when nothing of it is left at run time. */
  isTypeOnly: boolean;
  /** True when it names the module whole (`import * as z`), which lets a bundler drop what is not used. */
  isNamespace: boolean;
}>;

export type Source = Readonly<{
  path: string;
  imports: readonly ImportUse[];
  nodes: readonly SyntaxNode[];
  comments: readonly string[];
}>;

/** Reads one TypeScript file: its imports of every kind, its syntax and its comments. Throws when it cannot be parsed. */
export function readSource(path: string): Source {
  return parseSource(path, readText(path));
}

/** The same for a text that is not a file. */
export function parseSource(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed`);
  const nodes = collect(program);
  return {
    path,
    nodes,
    imports: nodes.flatMap(importOf),
    comments: comments.map((comment) => comment.value),
  };
}

/** A relative import as a path from the project's folder; null for one by package name. */
export function resolveRelative(importer: string, from: string): string | null {
  if (!from.startsWith(".")) return null;
  return relative(root, resolve(root, dirname(importer), from)).replaceAll("\\", "/");
}

function importOf(node: SyntaxNode): readonly ImportUse[] {
  const source = isNode(node["source"]) ? node["source"] : node["argument"];
  if (!isNode(source) || typeof source["value"] !== "string") return [];
  const from = source["value"];
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return [{ from, isTypeOnly: isTypeOnly(node), isNamespace: isNamespace(node) }];
    case "ImportExpression":
      return [{ from, isTypeOnly: false, isNamespace: true }];
    case "TSImportType":
      return [{ from, isTypeOnly: true, isNamespace: false }];
    default:
      return [];
  }
}

function isTypeOnly(node: SyntaxNode): boolean {
  if (node["importKind"] === "type" || node["exportKind"] === "type") return true;
  const specifiers = node["specifiers"];
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every(
    (one) => isNode(one) && (one["importKind"] === "type" || one["exportKind"] === "type"),
  );
}

function isNamespace(node: SyntaxNode): boolean {
  const specifiers = node["specifiers"];
  return (
    Array.isArray(specifiers) &&
    specifiers.some((one) => isNode(one) && one.type === "ImportNamespaceSpecifier")
  );
}

/** True for a node of a syntax tree. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function collect(value: unknown): readonly SyntaxNode[] {
  if (Array.isArray(value)) return value.flatMap(collect);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(collect)];
}
