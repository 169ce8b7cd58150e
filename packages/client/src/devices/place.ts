/** Zones that are set and say nothing of a place. */
const NOWHERE = new Set(["UTC", "GMT", "UCT", "Zulu", "Universal", "Greenwich", "Factory"]);

/**
 * Around which town a device is, as far as its time zone says: a guess, made on a device and never by the server. Null when the zone
 * names no town.
 */
export function placeOf(timeZone: string): string | null {
  const [area, ...rest] = timeZone.split("/");
  const town = rest.at(-1);
  if (area === undefined || area === "Etc" || town === undefined || NOWHERE.has(town)) return null;
  return /^[A-Za-z_'-]+$/.test(town) ? town.replaceAll("_", " ") : null;
}
