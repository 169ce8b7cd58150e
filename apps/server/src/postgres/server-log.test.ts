import { expect, test } from "vitest";
import { placesIn } from "./data-folder.ts";
import { judgeEnd } from "./server-log.ts";

const places = placesIn("/srv/sotto");

test("what a server says when it ends is told apart", () => {
  const said = (text: string): unknown => judgeEnd(text, places, 5433);
  expect(said('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use')).toBe("port-taken");
  expect(said("FATAL:  could not create any TCP/IP sockets")).toBe("port-taken");
  expect(said('FATAL:  lock file "postmaster.pid" already exists')).toBe("try-again");
  expect(said("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use")).toBe("try-again");
  expect(said('FATAL:  could not write lock file "postmaster.pid": No space left on device')).toMatchObject({
    code: "disk",
  });
  expect(said('FATAL:  invalid value for parameter "fsync": "perhaps"')).toMatchObject({
    code: "did-not-start",
    remedy: expect.stringContaining("/srv/sotto/postgres.log"),
  });
});
