/** What somebody with root reads of a process: every byte that it holds in memory, while it runs. */
import { open, readFile } from "node:fs/promises";

const AT_ONCE = 16 * 1024 * 1024;

/**
 * Which of these stand anywhere in the writable memory of a process, as text of one or two bytes a character or as raw bytes. None on systems that do not show a
 * process's memory as a file.
 */
export async function findInMemory(
  pid: number,
  wanted: ReadonlyMap<string, string | Uint8Array>,
): Promise<ReadonlySet<string>> {
  if (process.platform !== "linux") return new Set();
  const forms = [...wanted].flatMap(([name, what]) => formsOf(what).map((form) => ({ name, form })));
  const overlap = Math.max(...forms.map(({ form }) => form.length));
  const found = new Set<string>();
  const memory = await open(`/proc/${String(pid)}/mem`, "r");
  try {
    for (const { from, until } of await writableParts(pid)) {
      for (let at = from; at < until; at += AT_ONCE) {
        const length = Math.min(AT_ONCE + overlap, until - at);
        const bytes = Buffer.alloc(length);
        // A part may be given back to the system while it is looked at.
        const { bytesRead } = await memory.read(bytes, 0, length, at).catch(() => ({ bytesRead: 0 }));
        const part = bytes.subarray(0, bytesRead);
        for (const { form, name } of forms) if (!found.has(name) && part.includes(form)) found.add(name);
      }
    }
  } finally {
    await memory.close();
  }
  return found;
}

const formsOf = (what: string | Uint8Array): readonly Buffer[] =>
  typeof what === "string" ? [Buffer.from(what, "utf8"), Buffer.from(what, "utf16le")] : [Buffer.from(what)];

async function writableParts(pid: number): Promise<readonly { from: number; until: number }[]> {
  const maps = await readFile(`/proc/${String(pid)}/maps`, "utf8");
  return maps.split("\n").flatMap((line) => {
    const [, from, until] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    return from === undefined || until === undefined
      ? []
      : [{ from: Number.parseInt(from, 16), until: Number.parseInt(until, 16) }];
  });
}
