import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readArchive } from "./read-archive.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-archive-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** One entry as POSIX writes it: heading, content, padding. */
function entry(name: string, kind: string, content: Uint8Array, prefix = ""): Buffer {
  const heading = Buffer.alloc(512);
  heading.write(name, 0, 100, "utf8");
  heading.write(content.length.toString(8).padStart(11, "0"), 124, "latin1");
  heading.write(kind, 156, "latin1");
  heading.write("ustar", 257, "latin1");
  heading.write(prefix, 345, 155, "utf8");
  heading.fill(" ", 148, 156);
  const sum = heading.reduce((total, byte) => total + byte, 0);
  heading.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return Buffer.concat([heading, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const END = Buffer.alloc(1024);
const text = (words: string) => new Uint8Array(Buffer.from(words));

/** The archive in pieces of this size, as it comes from a disk or a network. */
async function* inPieces(archive: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < archive.length; at += size) yield archive.subarray(at, at + size);
}

test("files and folders come out as they went in, closed to others", async () => {
  const archive = Buffer.concat([
    entry("base/", "5", text("")),
    entry("base/1", "0", text("one")),
    entry("PG_VERSION", "\0", text("18\n")),
    entry("2", "0", text(""), "base"),
    END,
  ]);
  await readArchive(inPieces(archive, 100), folder);
  expect((await readdir(folder)).toSorted()).toEqual(["PG_VERSION", "base"]);
  expect(await readFile(join(folder, "base/1"), "utf8")).toBe("one");
  expect(await readFile(join(folder, "base/2"), "utf8")).toBe("");
  expect((await stat(join(folder, "base"))).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, "PG_VERSION"))).mode & 0o777).toBe(0o600);
});

test("whatever the pieces it comes in, the content is the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 2000 }),
      fc.integer({ min: 1, max: 1500 }),
      async (content, size) => {
        const archive = Buffer.concat([entry("file", "0", content), END]);
        await readArchive(inPieces(archive, size), folder);
        expect(new Uint8Array(await readFile(join(folder, "file")))).toEqual(new Uint8Array(content));
      },
    ),
    { numRuns: 40 },
  );
});

test.each<readonly [string, Buffer]>([
  ["leads out of the folder", entry("../out", "0", text("x"))],
  ["leads out of it by a prefix", entry("out", "0", text("x"), "a/../..")],
  ["begins at the root", entry("/out", "0", text("x"))],
  ["is a link", entry("link", "2", text(""))],
])("an entry that %s is refused", async (_what, first) => {
  await expect(readArchive(inPieces(Buffer.concat([first, END]), 512), folder)).rejects.toMatchObject({
    code: "backup-broken",
  });
  expect(await readdir(folder)).toEqual([]);
});

test("an archive that ends early or has a damaged heading is refused", async () => {
  const whole = entry("file", "0", text("x".repeat(1000)));
  for (const cut of [0, 100, 512, 900, 1500])
    await expect(readArchive(inPieces(whole.subarray(0, cut), 512), folder)).rejects.toMatchObject({
      code: "backup-broken",
    });
  whole[3] = 1;
  await expect(readArchive(inPieces(whole, 512), folder)).rejects.toMatchObject({ code: "backup-broken" });
});
