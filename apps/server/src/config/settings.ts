/** Every setting there is. The help, the handbook and the check for misspelt names read this table. */
export const SETTINGS = [
  {
    name: "SOTTO_ORIGIN",
    says: "the address people open, like https://sotto.example.org",
    standard: "http://localhost and the port",
  },
  { name: "SOTTO_PORT", says: "the port it listens on", standard: "8420" },
  {
    name: "SOTTO_HOST",
    says: "the address of this machine it listens on; 0.0.0.0 is all of them",
    standard: "127.0.0.1",
  },
  {
    name: "SOTTO_DATA",
    says: "the folder that holds everything",
    standard: "data in the folder of the project",
  },
  {
    name: "SOTTO_LOG",
    says: "one line for each request: text, json, or off",
    standard: "text",
  },
  {
    name: "SOTTO_METRICS_PORT",
    says: "the port on 127.0.0.1 where measurements can be read",
    standard: "none: nothing is measured",
  },
  {
    name: "SOTTO_PROXY",
    says: "the addresses of the reverse proxy, with commas between, whose word about people's addresses counts",
    standard: "none: nobody's word counts",
  },
  {
    name: "SOTTO_LIMITS",
    says: "how many times the usual number of requests one network may make, 1 to 100",
    standard: "1",
  },
  {
    name: "SOTTO_SMTP_URL",
    says: "the mail server for reminders, like smtps://name:password@mail.example.org",
    standard: "none: no mail is offered",
  },
  {
    name: "SOTTO_MAIL_FROM",
    says: "the bare address that mails come from; goes together with SOTTO_SMTP_URL",
    standard: "none",
  },
  {
    name: "SOTTO_PUSH_HOSTS",
    says: "push services besides those of the usual browsers, with commas between",
    standard: "none",
  },
  {
    name: "DATABASE_URL",
    says: "a PostgreSQL of your own: the role that requests run as",
    standard: "none: the embedded database",
  },
  {
    name: "DATABASE_OWNER_URL",
    says: "the role that owns the tables of that PostgreSQL",
    standard: "none",
  },
  {
    name: "SOTTO_BUS",
    says: "the NATS server by which several Sottos on one database hear of each other, like tls://name:password@nats.example.org:4222",
    standard: "none: this is the only one",
  },
  {
    name: "SOTTO_FILES",
    says: "the folder of sealed files; the same for all Sottos on one database",
    standard: "files in the folder that holds everything",
  },
] as const;

/** What the tests and the page's tools are told by; no business of a server, and no mistake either. */
const OF_TOOLS = /^SOTTO_(TEST_[A-Z]+|CHROMIUM|PICTURES)$/;

const DISTANCE_MAX = 4;

/** Names that look like settings and are none, each with the nearest that is one; null where none is near. */
export function findUnknownSettings(
  names: readonly string[],
): readonly { readonly name: string; readonly nearest: string | null }[] {
  const known: readonly string[] = SETTINGS.map((setting) => setting.name);
  return names
    .filter((name) => name.startsWith("SOTTO_") && !known.includes(name) && !OF_TOOLS.test(name))
    .map((name) => ({ name, nearest: nearestOf(name, known) }));
}

/** The candidate that takes the fewest changes of a letter to reach; null when none is near. */
export function nearestOf(word: string, candidates: readonly string[]): string | null {
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(word, candidate) }))
    .filter(({ distance, candidate }) => distance <= Math.min(DISTANCE_MAX, candidate.length / 2))
    .toSorted((a, b) => a.distance - b.distance);
  return best?.candidate ?? null;
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
function distanceOf(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of from.split("").entries()) {
    const line = [row + 1];
    for (const [column, other] of to.split("").entries()) {
      const change = (above[column] ?? 0) + (letter === other ? 0 : 1);
      line.push(Math.min(change, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above[to.length] ?? 0;
}
