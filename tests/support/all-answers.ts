/** Everything that the server tells a session when it is asked for all there is. */
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { MemoryStore } from "./node-ports.ts";
import { call } from "./people.ts";
import { askWhole, type WholeAnswer } from "./whole-answer.ts";

/** Far longer than a write of somebody's page takes. */
const REST_MS = 1_000;
const LISTS = ["health", "listRooms", "listSessions", "listFactors", "readWraps", "readReminders"] as const;
const ROOM_READS = ["readRoom", "readHistory", "readEnding"] as const;

/** All answers, by what was asked. `ids` are rooms that are asked for besides those that the session is told of. */
export async function allAnswers(
  origin: string,
  token: string,
  ids: readonly string[],
): Promise<Readonly<Record<string, WholeAnswer>>> {
  const answers: Record<string, WholeAnswer> = {};
  for (const name of LISTS) answers[name] = withoutHour(await askWhole(origin, name, { token, wish: {} }));
  answers["readVault"] = await askWhole(origin, "readVault", { token, wish: { params: { name: "main" } } });
  const { rooms } = await call(origin, "listRooms", { token });
  for (const room of [...rooms.map((line) => line.room), ...ids]) {
    const wish = { params: { room }, query: { after: "0" } };
    for (const name of ROOM_READS) answers[`${name} ${room}`] = await askWhole(origin, name, { token, wish });
  }
  return answers;
}

/** Reads until two looks in a row are the same. */
async function untilStill(look: () => unknown): Promise<void> {
  let before = await look();
  for (;;) {
    await setTimeout(REST_MS);
    const now = await look();
    if (isDeepStrictEqual(now, before)) return;
    before = now;
  }
}

/** Whatever this person's own pages were writing when they were closed has arrived, or never will. */
export const vaultAtRest = (origin: string, token: string): Promise<void> =>
  untilStill(async () => (await call(origin, "readVault", { token, params: { name: "main" } })).version);

/** Nothing is being written on this device any more. */
export const deviceAtRest = ({ store }: { readonly store: MemoryStore }): Promise<void> =>
  untilStill(() => new Map(store.values));

/** When a session was last there is noted by the hour, which may turn between two looks. */
const withoutHour = (answer: WholeAnswer): WholeAnswer => ({
  ...answer,
  body: answer.body.replaceAll(/"seenAt":[0-9]+/g, '"seenAt":0'),
});

/** Notes the token of whoever comes in on this device next. */
export function noteToken(device: {
  readonly meddle: (path: RegExp, meddling: (ask: () => Promise<Response>) => Promise<Response>) => void;
}): () => string {
  let noted = "";
  device.meddle(/\/(enrolments|sign-in\/(passkey|passphrase))$/, async (ask) => {
    const answer = await ask();
    // The contract's shape, as the real server has just answered it.
    if (answer.ok) ({ token: noted } = (await answer.clone().json()) as { token: string });
    return answer;
  });
  return () => noted;
}
