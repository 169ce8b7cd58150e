import { buildLeaf, fromHex, leafHash } from "@sotto/vault";
import type { Actions } from "../client.ts";
import { done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { unlocked } from "./unlocked.ts";

const HASH = /^[0-9a-f]{64}$/;

/** What the page asks before it uses a newer one. `home` answers null while locked. */
export function makeBuildActions(home: () => Home | null): Pick<Actions, "isBuildLogged"> {
  return {
    isBuildLogged: ({ builder, manifest }) =>
      unlocked(home, async ({ witness }) => {
        if (!HASH.test(builder) || !HASH.test(manifest)) return refused("malformed");
        const leaf = leafHash(buildLeaf({ builder: fromHex(builder), manifest: fromHex(manifest) }));
        return done(await witness.isLogged(leaf));
      }),
  };
}
