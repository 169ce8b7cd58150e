import { expect, test } from "vitest";
import { makeAddressReader } from "./client-address.ts";

test("without a named proxy nobody's word about their address counts", () => {
  const read = makeAddressReader([]);
  expect(read("192.0.2.7", "198.51.100.1")).toBe("192.0.2.7");
  expect(read("192.0.2.7", undefined)).toBe("192.0.2.7");
});

test("without a named proxy everybody may come from this machine, so nobody is counted there", () => {
  const read = makeAddressReader([]);
  expect(["127.0.0.1", "::1", "::ffff:127.0.0.1"].map((peer) => read(peer, "198.51.100.1"))).toEqual([
    null,
    null,
    null,
  ]);
});

test("behind a named proxy the last address that is no proxy's counts, whatever somebody wrote before it", () => {
  const read = makeAddressReader(["127.0.0.1", "10.0.0.0/8"]);
  expect(read("127.0.0.1", "198.51.100.1")).toBe("198.51.100.1");
  expect(read("::ffff:127.0.0.1", "198.51.100.1")).toBe("198.51.100.1");
  expect(read("127.0.0.1", "203.0.113.9, 198.51.100.1, 10.1.2.3")).toBe("198.51.100.1");
  expect(read("127.0.0.1", ["203.0.113.9", "198.51.100.1"])).toBe("198.51.100.1");
  expect(read("192.0.2.7", "198.51.100.1")).toBe("192.0.2.7");
});

test("who comes by a proxy that says nothing, or nothing that is an address, is nobody: all would be one", () => {
  const read = makeAddressReader(["127.0.0.1", "10.0.0.0/8"]);
  for (const said of [undefined, "", "unknown", "<script>", "198.51.100.1, unknown"])
    expect(read("127.0.0.1", said)).toBeNull();
  // Beside it, in the proxies' own network, somebody may sit.
  expect(read("127.0.0.1", "unknown, 10.1.2.3")).toBe("10.1.2.3");
});

test("a proxy may say the port too", () => {
  const read = makeAddressReader(["127.0.0.1"]);
  expect(read("127.0.0.1", "198.51.100.1:50312")).toBe("198.51.100.1");
  expect(read("127.0.0.1", "[2001:db8:1:2::3]:50312")).toBe("2001:db8:1:2");
  expect(read("127.0.0.1", "[::ffff:198.51.100.1]")).toBe("198.51.100.1");
  expect(read("127.0.0.1", "2001:db8::1")).toBe("2001:db8:0:0");
});

test("where all come by a proxy that was not named, nobody is counted, wherever it stands", () => {
  const read = makeAddressReader([], { countsNobody: true });
  expect(["127.0.0.1", "172.17.0.1", "192.0.2.7"].map((peer) => read(peer, "198.51.100.1"))).toEqual([
    null,
    null,
    null,
  ]);
});

test("of an IPv6 address the first half counts, however it is written", () => {
  const read = makeAddressReader([]);
  expect(read("2001:db8:1:2:aaaa:bbbb:cccc:dddd", undefined)).toBe("2001:db8:1:2");
  expect(read("2001:0DB8:0001:0002::1", undefined)).toBe("2001:db8:1:2");
  expect(read("2001:db8::1", undefined)).toBe("2001:db8:0:0");
  expect(read("fe80::1%eth0", undefined)).toBe("fe80:0:0:0");
});

test("no address is nobody's", () => {
  expect(makeAddressReader([])(undefined, undefined)).toBeNull();
});
