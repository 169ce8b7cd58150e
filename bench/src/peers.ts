import { isEjabberdInstalled, startEjabberd } from "./ejabberd.ts";
import { absentLine, benchLine, median, type BenchLine } from "./line.ts";
import { rawCommits } from "./raw-commits.ts";
import { openXmpp, type XmppClient } from "./xmpp-client.ts";

const PAIRS = 50;
const MESSAGES = 1_000;
const ROUNDS = 3;
const BODY_BYTES = 512;
const PASSWORD = "bench";

/**
 * The same closed loop as our own relay, through ejabberd with its archive on the same PostgreSQL: 50 people write to 50 others, the next message when the
 * last has arrived. It is another product with other work to do (XML, two archives, no end-to-end encryption); what is alike is that a message is stored and delivered.
 */
export async function benchPeers(adminUrl: string): Promise<readonly BenchLine[]> {
  if (!isEjabberdInstalled())
    return [absentLine("relay.ejabberd", "not installed: apt-get install ejabberd erlang-p1-pgsql")];
  const ejabberd = await startEjabberd(adminUrl, { count: 2 * PAIRS, password: PASSWORD });
  try {
    const waiting = new Map<string, () => void>();
    const heard = (id: string) => waiting.get(id)?.();
    const people: XmppClient[] = [];
    // One after the other: few wait at its door at once.
    for (let person = 0; person < 2 * PAIRS; person += 1)
      people.push(await openXmpp(ejabberd.port, { user: `u${String(person)}`, password: PASSWORD, heard }));
    const [relayed, committed]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const wish = { rows: MESSAGES, atOnce: PAIRS, bodyBytes: BODY_BYTES };
      committed.push((await rawCommits(adminUrl, wish)).perSecond);
      relayed.push(await relayRound(people, round, waiting));
    }
    for (const person of people) person.close();
    // One for whoever wrote and one for whoever read.
    if ((await ejabberd.archived()) < 2 * MESSAGES * ROUNDS)
      throw new Error("ejabberd did not archive what it relayed");
    return [benchLine("relay.ejabberd", "msg/s", median(relayed), median(committed))];
  } finally {
    await ejabberd.close();
  }
}

async function relayRound(
  people: readonly XmppClient[],
  round: number,
  waiting: Map<string, () => void>,
): Promise<number> {
  const body = "x".repeat(BODY_BYTES);
  let left = MESSAGES;
  const from = performance.now();
  await Promise.all(
    people.slice(0, PAIRS).map(async (writer, pair) => {
      while (left > 0) {
        const id = `${String(round)}-${String(left)}`;
        left -= 1;
        await new Promise<void>((resolve) => {
          waiting.set(id, resolve);
          writer.send(`u${String(PAIRS + pair)}`, id, body);
        });
        waiting.delete(id);
      }
    }),
  );
  return (MESSAGES / (performance.now() - from)) * 1000;
}
