/**
 * The text that stands at a place of the catalogue, such as `alarms.log-split`; null when none does. What a text is made from stands behind
 * the place: `trust.stranger|Ada`.
 */
export function saidAt(catalogue: unknown, place: string): string | null {
  const [path = "", ...parts] = place.split("|");
  let value: unknown = catalogue;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null) return null;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  const said: unknown = typeof value === "function" ? value(...parts) : value;
  return typeof said === "string" && said !== "" ? said : null;
}
