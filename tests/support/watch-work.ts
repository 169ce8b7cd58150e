/**
 * What a server in this process does for a request: every statement to the database with the rows it gave, every use of WebCrypto, and every look at a
 * folder or a file.
 */
import files from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import pg from "pg";

export interface WorkWatch {
  /** What was done while this ran, in its order. One at a time. */
  readonly during: <Value>(run: () => Promise<Value>) => Promise<Watched<Value>>;
  /** Looks no more. */
  readonly close: () => void;
}

export interface Watched<Value> {
  readonly value: Value;
  readonly work: readonly string[];
}

/** WebCrypto's costly verbs. */
const VERBS = ["verify", "sign", "importKey", "deriveBits", "encrypt", "decrypt", "generateKey"] as const;

/** What a look at the disk begins with. */
const LOOKS = ["open", "readdir", "readFile", "stat", "rm", "rename", "mkdir"] as const;

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** Looks at the driver, at WebCrypto and at the file system themselves: what is counted is what happens, whoever asks for it. */
export function watchWork(): WorkWatch {
  let seen: string[] | null = null;
  let asked: Promise<unknown>[] = [];
  const note = (line: string) => seen?.push(line);
  const undo = [
    wrap(
      pg.Client.prototype,
      "query",
      (query) =>
        function watched(...given) {
          const answer = query.apply(this, given);
          const text = textOf(given[0]);
          const line = seen === null || text === null ? null : seen.push(text) - 1;
          const into = seen;
          if (line === null || into === null || !(answer instanceof Promise)) return answer;
          const answered = answer.then((result: unknown) => {
            into[line] = `${text ?? ""} -> ${rowsOf(result)}`;
            return result;
          });
          asked.push(answered);
          return answered;
        },
    ),
    ...VERBS.map((verb) =>
      wrap(
        SubtleCrypto.prototype,
        verb,
        (method) =>
          function watched(...given) {
            note(verb);
            return method.apply(this, given);
          },
      ),
    ),
    ...LOOKS.map((look) =>
      wrap(
        files,
        look,
        (method) =>
          function watched(...given) {
            note(look);
            return method.apply(this, given);
          },
      ),
    ),
  ];
  syncBuiltinESMExports();
  return {
    during: async (run) => {
      const work: string[] = [];
      [seen, asked] = [work, []];
      try {
        const value = await run();
        seen = null;
        // The server does not wait for the end of a look; what it gave is part of the work all the same, however late it comes.
        await Promise.allSettled(asked);
        return { value, work };
      } finally {
        seen = null;
      }
    },
    close: () => {
      for (const put of undo) put();
      syncBuiltinESMExports();
    },
  };
}

/** Puts something around a method; answers what takes it away. */
function wrap<Of extends object>(of: Of, name: keyof Of, around: (method: Method) => Method): () => void {
  const before = Object.getOwnPropertyDescriptor(of, name);
  if (before === undefined) throw new Error(`nothing to watch: ${String(name)}`);
  // What stands there is a method: these are named by their classes.
  Object.defineProperty(of, name, { ...before, value: around(before.value as Method) });
  return () => {
    Object.defineProperty(of, name, before);
  };
}

/** A statement without what differs from one asking to the next: the practice in whose name it is. */
function textOf(query: unknown): string | null {
  const text = typeof query === "string" ? query : fieldOf(query, "text");
  return typeof text === "string" ? text.replaceAll(/'[0-9a-f-]{36}'/g, "'…'").replaceAll(/\s+/g, " ") : null;
}

function rowsOf(result: unknown): string {
  const rows = fieldOf(result, "rowCount");
  return typeof rows === "number" ? String(rows) : "-";
}

const fieldOf = (of: unknown, name: string): unknown =>
  typeof of === "object" && of !== null ? Object.entries(of).find(([key]) => key === name)?.[1] : undefined;
