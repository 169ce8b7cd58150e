import type { Actions } from "../client.ts";
import { done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { goingOf } from "../queries/pending.ts";
import { wordsOf } from "../queries/said.ts";
import { readerOf } from "../queries/views.ts";
import { termsOf } from "../search/fold.ts";
import { partsAround } from "../search/hit.ts";
import { unlocked } from "./unlocked.ts";

const HITS_PER_PAGE = 30;

/** Looking for what was said. `home` answers null while locked. */
export function makeSearchActions(home: () => Home | null): Pick<Actions, "search"> {
  return {
    search: ({ after = null, query }) =>
      unlocked(home, async (open) => {
        const going = new Map(open.rooms.all.map(({ room }) => [room, goingOf(open.outbox.of(room))]));
        const page = await open.search.find({
          query,
          after,
          countMax: HITS_PER_PAGE,
          isHidden: ({ line, memory }) =>
            open.looks.isHidden(memory.room) || going.get(memory.room)?.has(line.entry) === true,
        });
        // Whoever was locked out meanwhile sees nothing of what was found before.
        if (home() !== open) return refused("locked");
        if (page === null) return refused("cancelled");
        const terms = termsOf(query);
        const hits = page.found.map(({ line, memory }) => ({
          room: memory.room,
          entry: line.entry,
          author: readerOf(open, memory, line.author),
          at: line.at,
          isFile: line.kind === "file",
          parts: partsAround(wordsOf(line), terms),
        }));
        return done({ hits, more: page.more });
      }),
  };
}
