/** The disk for files runs full while somebody sends one: they hear that it was not stored, what was stored stays whole, and it goes on when there is room. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { verifyDatabase } from "@sotto/server/copy";
import { STORED_CHUNK_BYTES_MAX } from "@sotto/vault";
import { afterAll, expect, test } from "vitest";
import { call, enrol, random, refusal } from "../support/people.ts";
import { openRealServer } from "../support/real-server.ts";
import { appendNext, place } from "../support/rooms.ts";
import { openSmallDisk } from "../support/small-disk.ts";

const CHUNKS = 4;

// Room for five chunks and a half.
const disk = await openSmallDisk(Math.floor(5.5 * STORED_CHUNK_BYTES_MAX));
if ("why" in disk) {
  process.stderr.write(`NOT TESTED: that a full disk for files loses none of them: ${disk.why}\n`);
}

afterAll(async () => {
  if (!("why" in disk)) await disk.remove();
});

test.skipIf("why" in disk)(
  "a disk that runs full refuses a file, loses none, and takes it when there is room",
  async () => {
    const filesFolder = "path" in disk ? disk.path : "";
    const real = await openRealServer({ filesFolder });
    const { database, origin, server } = real;
    const keeper = await enrol(origin, { code: await server.makeSetupCode() });
    const guest = await enrol(origin, { host: keeper });
    const room: string = crypto.randomUUID();
    const members = [place(keeper, "keeper"), place(guest, "member")];
    await appendNext(origin, keeper, { previous: null, room, action: "create", members });
    const { token } = guest;
    const content = Array.from({ length: CHUNKS }, () => random(STORED_CHUNK_BYTES_MAX));
    const newFile = async () => {
      const params = { room, file: crypto.randomUUID() as string };
      await call(origin, "beginFile", { token, params, body: { bytes: CHUNKS * STORED_CHUNK_BYTES_MAX } });
      return params;
    };
    type Place = Awaited<ReturnType<typeof newFile>>;
    const put = (params: Place, chunk: number) =>
      call(origin, "putChunk", {
        token,
        params: { ...params, chunk: String(chunk) },
        body: content[chunk] ?? random(1),
      });
    const finish = (params: Place) => call(origin, "finishFile", { token, params, body: {} });
    const statusOf = async (run: () => Promise<unknown>) => (await refusal(run)).status;
    const first = await newFile();
    for (const chunk of content.keys()) await put(first, chunk);
    await finish(first);
    const second = await newFile();
    await put(second, 0);
    expect(await statusOf(() => put(second, 1))).toBe(500);
    // What did not fit is taken away again, and nothing half stands in a place.
    expect(readdirSync(join(filesFolder, "unfinished"))).toEqual([]);
    expect(await statusOf(() => finish(second))).toBe(409);
    expect((await verifyDatabase(database.appUrl, filesFolder)).findings).toEqual([]);
    for (const [chunk, bytes] of content.entries()) {
      const read = { token: keeper.token, params: { ...first, chunk: String(chunk) } };
      expect(Buffer.compare(await call(origin, "readChunk", read), bytes)).toBe(0);
    }
    await call(origin, "removeFile", { token, params: first });
    for (const chunk of content.keys()) await put(second, chunk);
    await finish(second);
    expect((await verifyDatabase(database.appUrl, filesFolder)).findings).toEqual([]);
    await real.close();
  },
);
