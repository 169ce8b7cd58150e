/** Finds the SQL in our sources: text that begins as a statement does. */
import { isNode, type Source } from "./read-sources.ts";

export type Statement = Readonly<{ file: string; text: string }>;

const BEGINS = /^\s*(select|insert|update|delete|with|create|alter|drop|grant|revoke|begin|listen|notify)\s/i;

/** Every statement that a file holds as a text. What is put in at run time stands as `$_`. */
export function statementsIn(source: Source): readonly Statement[] {
  return source.nodes.flatMap((node) => {
    const text = textOf(node["type"], node);
    return text !== null && BEGINS.test(text) ? [{ file: source.path, text: tidy(text) }] : [];
  });
}

/** In lower case, with single spaces. */
export function tidy(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().toLowerCase();
}

function textOf(type: unknown, node: Readonly<Record<string, unknown>>): string | null {
  if (type === "Literal") return typeof node["value"] === "string" ? node["value"] : null;
  if (type !== "TemplateLiteral" || !Array.isArray(node["quasis"])) return null;
  return node["quasis"].map(cookedOf).join(" $_ ");
}

function cookedOf(quasi: unknown): string {
  const value = isNode(quasi) ? quasi["value"] : null;
  const cooked = typeof value === "object" && value !== null && "cooked" in value ? value.cooked : "";
  return typeof cooked === "string" ? cooked : "";
}
