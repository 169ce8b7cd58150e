import fc from "fast-check";
import { expect, test } from "vitest";
import { makeAddressReader } from "./client-address.ts";

const runs = { numRuns: Number(process.env["SOTTO_TEST_RUNS"] ?? 1_500) };
const PROXY = "127.0.0.1";
const read = makeAddressReader([PROXY, "10.0.0.0/8"]);

const piece = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV6().map((address) => `[${address}]:443`),
  fc.constantFrom("", " ", "unknown", "::", "::ffff:10.1.2.3", "10.1.2.3", "fe80::1%eth0", "[", "%", ":0"),
  fc.string({ maxLength: 12 }),
);
const said = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(","));
const header = fc.oneof(said, fc.array(said, { maxLength: 3 }), fc.constant(undefined));

test("whatever somebody writes into the header, what is read is a network or nobody", () => {
  fc.assert(
    fc.property(fc.oneof(fc.constant(PROXY), piece), header, (peer, forwarded) => {
      const address = read(peer, forwarded);
      expect(address === null || /^(?:\d+(?:\.\d+){3}|[\da-f]{1,4}(?::[\da-f]{1,4}){3})$/.test(address)).toBe(
        true,
      );
    }),
    runs,
  );
});

test("whatever somebody writes before it, the address that the proxy saw counts", () => {
  fc.assert(
    fc.property(said, (before) => {
      expect(read(PROXY, `${before},198.51.100.1`)).toBe("198.51.100.1");
    }),
    runs,
  );
});
