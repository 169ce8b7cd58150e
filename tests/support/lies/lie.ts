import type { Device, Hearsay, Meddling } from "../node-ports.ts";

/**
 * One lie of a server, to one device. It stands between an unmodified client and the real server, in the answers and on the live connection, and
 * whoever it is told to has no other way to the truth.
 */
export interface Lie {
  readonly answers: readonly { readonly path: RegExp; readonly meddling: Meddling }[];
  readonly live?: Hearsay;
}

/** What ends each lie that is being told. */
const told = new Set<() => void>();

/** Ends every lie that is still being told. */
export function endLies(): void {
  for (const end of told) end();
}

/**
 * Tells a lie from here on. Answers what ends it: from then on the server tells the truth again. Whatever was to be seen of it has been seen by then, and within one exchange: the
 * device has come into step with the server once since, or not at all.
 */
export function tell(device: Device, { answers, live }: Lie): () => void {
  const before = device.connections();
  for (const { meddling, path } of answers) device.meddle(path, meddling);
  if (live !== undefined) device.mishear(live);
  const end = () => {
    if (!told.delete(end)) return;
    for (const { path } of answers) device.meddle(path, null);
    if (live !== undefined) device.mishear(null);
    const exchanges = device.connections() - before;
    if (exchanges > 1) throw new Error(`it took ${String(exchanges)} exchanges`);
  };
  told.add(end);
  return end;
}

/** What is asked at this path gets the true answer, changed. What was refused stays refused. */
export function changed<Answer>(path: RegExp, change: (answer: Answer, url: URL) => Answer): Lie {
  const meddling: Meddling = async (ask, url) => {
    const answer = await ask();
    if (!answer.ok) return answer;
    // The contract's shape, as the real server has just answered it.
    return Response.json(change((await answer.json()) as Answer, url));
  };
  return { answers: [{ path, meddling }] };
}

/** What is asked at this path is not passed on, and gets this answer. */
export function invented(path: RegExp, answer: () => unknown, status = 200): Lie {
  return { answers: [{ path, meddling: () => Promise.resolve(Response.json(answer(), { status })) }] };
}

/** Several lies at once. */
export function together(...lies: readonly Lie[]): Lie {
  const live = lies.flatMap((lie) => (lie.live === undefined ? [] : [lie.live]));
  return {
    answers: lies.flatMap(({ answers }) => answers),
    ...(live.length === 0
      ? {}
      : {
          live: (message) =>
            live.reduce((heard, hear) => heard.flatMap((one) => hear(one)), [
              message,
            ] as readonly (typeof message)[]),
        }),
  };
}

/** What a device says in a question, as the contract has it. */
export function saidIn({ body }: RequestInit): unknown {
  if (typeof body !== "string") throw new Error("a question without words");
  return JSON.parse(body);
}
