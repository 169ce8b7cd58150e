/** The rules about single files. Each names what breaks it in a file; an empty list is good. */
import { basename } from "node:path";
import { isNode, type Source, type SyntaxNode } from "./read-sources.ts";

export type Rule = (source: Source) => readonly string[];

/** Files are kebab-case, and not called after what everything is. */
export const namesWell: Rule = ({ path }) => {
  const name = basename(path).replace(/(\.(test|laws\.test|config|d))?\.tsx?$/, "");
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return ["is not kebab-case"];
  // "Service worker" is what browsers call theirs.
  const words = name.replace("service-worker", "").split("-");
  const never = ["utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "handler"];
  const isEmpty =
    words.some((word) => never.includes(word)) || ["data", "info", "base", "types"].includes(name);
  return isEmpty ? ["has a name that says nothing"] : [];
};

const dangerousNames = new Set([
  "dangerouslySetInnerHTML",
  "innerHTML",
  "outerHTML",
  "insertAdjacentHTML",
  "createContextualFragment",
  "setHTMLUnsafe",
  "parseHTMLUnsafe",
  "srcdoc",
  "srcDoc",
]);

/** Nothing turns text into markup or code. */
export const makesNoCode: Rule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const name = node.type === "JSXIdentifier" || node.type === "Identifier" ? nameOf(node) : null;
    if (name !== null && dangerousNames.has(name)) return [`uses ${name}`];
    if (isMemberOf(node, "document") && isOneOf(node["property"], ["write", "writeln"]))
      return ["uses document.write"];
    const callee = nameOf(node["callee"]);
    const makesCode = callee === "eval" || (callee === "Function" && node.type === "NewExpression");
    return makesCode ? [`uses ${callee}`] : [];
  });

/** Nothing is written to the console. */
export const isQuiet: Rule = ({ nodes }) =>
  nodes.flatMap((node) => (isMemberOf(node, "console") ? ["writes to the console"] : []));

/** No test is focused or skipped. Running one only where it can run (`runIf`) is something else. */
export const runsAllTests: Rule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const isOfTest = ["test", "it", "describe"].some((name) => isMemberOf(node, name));
    return isOfTest && isOneOf(node["property"], ["only", "skip", "todo", "fails"])
      ? ["focuses or skips a test"]
      : [];
  });

/** What is to do has the number of an issue. */
export const numbersWhatIsToDo: Rule = ({ comments }) =>
  comments
    .filter((text) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text.replaceAll(/TODO\(#\d+\)/g, "")))
    .map(() => "has something to do without an issue");

/** zod is imported whole, which lets the bundler leave most of it out. */
export const importsZodWhole: Rule = ({ imports }) =>
  imports
    .filter(({ from, isTypeOnly, isNamespace }) => from === "zod" && !isTypeOnly && !isNamespace)
    .map(() => "imports a part of zod by name");

/** What some of the databases that the schema may grow into do not have. */
const unportable =
  /\b(listen|notify|pg_advisory\w*|deferrable|exclude using|inherits|partition by|create rule|create temp\w*|using gist|include \(|uuidv7 ?\(|(big|small)?serial|generated (always|by default) as identity)/i;

/** Migrations use only what every database has that the schema may grow into. */
export function staysPortable(text: string): readonly string[] {
  const match = unportable.exec(text);
  return match === null ? [] : [`uses ${match[0].toLowerCase()}`];
}

/** All text is in the language that is spoken when it is drawn: no module keeps a word from when it was loaded. */
export const keepsNoWord: Rule = ({ nodes }) => {
  const isOfWords = (node: SyntaxNode): boolean =>
    node.type === "ImportDeclaration" &&
    isNode(node["source"]) &&
    /\/words\/[a-z-]+\.ts$/.test(String(node["source"]["value"]));
  const specifiers = nodes.filter(isOfWords).flatMap((node) => nodesIn(node["specifiers"]));
  const names = new Set(specifiers.map(({ local }) => nameOf(local)));
  const [program] = nodes;
  return namesWhileLoading(program?.["body"])
    .filter((name) => names.has(name))
    .map((name) => `reads ${name} while it is loaded`);
};

const nodesIn = (value: unknown): readonly SyntaxNode[] => (Array.isArray(value) ? value.filter(isNode) : []);

const isLater = ({ type }: SyntaxNode): boolean =>
  /Function|^ImportDeclaration$|^TS(TypeQuery|TypeAlias|Interface|TypeAnnotation)/.test(type);

/** What a value names that is made as soon as its module is loaded. */
function namesWhileLoading(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesWhileLoading);
  if (!isNode(value) || isLater(value)) return [];
  // Of `a.b` and `{ b: a }` it is only `a`.
  const isName = (key: string): boolean => value["computed"] !== true && ["property", "key"].includes(key);
  const inside = Object.entries(value).filter(([key]) => !isName(key));
  const name = value.type === "Identifier" ? nameOf(value) : null;
  return [...(name === null ? [] : [name]), ...inside.flatMap(([, inner]) => namesWhileLoading(inner))];
}

// Put together here, so that this file does not hold what it looks for.
const machineWords = ["work/", "farm/", "home/", "Users/"]
  .map((folder) => `/${folder}`)
  .concat(["npmjs", "debian"].map((host) => (host === "npmjs" ? `registry.${host}` : `deb.${host}.org`)));

/** No file names a place on somebody's machine or the address of a registry. */
export function namesNoMachine(text: string): readonly string[] {
  return machineWords.filter((word) => text.includes(word)).map((word) => `names ${word}`);
}

/** The name of an identifier, or null for any other node. */
function nameOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  const name = node["name"];
  return typeof name === "string" ? name : null;
}

function isOneOf(node: unknown, names: readonly string[]): boolean {
  return names.includes(nameOf(node) ?? "");
}

/** True for `object.anything`. */
function isMemberOf(node: SyntaxNode, object: string): boolean {
  return node.type === "MemberExpression" && nameOf(node["object"]) === object;
}
