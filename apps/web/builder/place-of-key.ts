import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where the key of whoever builds lies: SOTTO_BUILDER_KEY, or the folder for settings of the account that builds. Outside of the checkout and of any
 * data folder, so that neither a copy of the one nor a backup of the other carries it.
 */
export function placeOfKey(
  env: { readonly [name: string]: string | undefined },
  platform: NodeJS.Platform,
): string {
  const { APPDATA, SOTTO_BUILDER_KEY, XDG_CONFIG_HOME } = env;
  if (SOTTO_BUILDER_KEY !== undefined && SOTTO_BUILDER_KEY !== "") return SOTTO_BUILDER_KEY;
  const settings =
    platform === "win32" ? (APPDATA ?? homedir()) : (XDG_CONFIG_HOME ?? join(homedir(), ".config"));
  return join(settings, "sotto", "builder-key");
}
