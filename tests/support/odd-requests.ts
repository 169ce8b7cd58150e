/** Requests that nobody means: bodies made from the contract's own schemas and then changed, and everything around them that can be odd. */
import type { EndpointName } from "@sotto/contract";
import { ENDPOINTS, Octets } from "@sotto/contract";
import fc from "fast-check";
import * as z from "zod";

/** A request as it travels. */
export interface OddRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  /** Whether it came with the session that is good. */
  readonly isSignedIn: boolean;
}

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** What is there: ids of things, and bytes that were made by real clients, as base64url. */
export interface Pool {
  readonly ids: readonly string[];
  readonly bytes: readonly string[];
}

const STRING_MAX = 400;
const ID = /0-9a-f\]\{8\}-/;
const BYTES = /^\^\[A-Za-z0-9_-\](\*|\{43\})\$$/;

/** Values that the schema takes. Ids are mostly those of things that are there. */
function meant(schema: Schema, pool: Pool): fc.Arbitrary<unknown> {
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return fc.oneof(...options.map((option) => meant(option, pool)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([key, value]) => [key, meant(value, pool)]),
        ),
        { requiredKeys: [...(schema.required ?? [])] },
      );
    case "array":
      return fc.array(meant(schema.items ?? {}, pool), { maxLength: Math.min(schema.maxItems ?? 4, 4) });
    case "string":
      return meantText(schema, pool);
    case "integer":
    case "number":
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, Number.MIN_SAFE_INTEGER),
        max: Math.min(schema.maximum ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function meantText({ maxLength = STRING_MAX, pattern }: Schema, pool: Pool): fc.Arbitrary<string> {
  if (pattern === undefined) return fc.string({ maxLength: Math.min(maxLength, STRING_MAX) });
  const made = fc.stringMatching(new RegExp(pattern), { size: "small" });
  if (BYTES.test(pattern)) return fc.oneof({ weight: 3, arbitrary: damaged(pool.bytes, maxLength) }, made);
  return ID.test(pattern) ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pool.ids) }, made) : made;
}

/** Bytes that mean something there, or once did: one letter of them is another one, or they end early. */
function damaged(samples: readonly string[], maxLength: number): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...samples),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom("", "A", "_", "AAAA"),
    )
    .map(([text, where, put]) => {
      const at = Math.floor(where * text.length);
      return (put === "" ? text.slice(0, at) : text.slice(0, at) + put + text.slice(at + put.length)).slice(
        0,
        maxLength,
      );
    });
}

const deep = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 63,
  0.5,
  "",
  " ",
  "\0",
  "\uD800",
  "\u202Etxt",
  "\uFEFF",
  "𝕏".repeat(300),
  "A".repeat(70_000),
  "../../etc/passwd",
  "'; drop table account; --",
  "<script>alert(1)</script>",
  "${jndi:ldap://127.0.0.1/a}",
  "__proto__",
  [],
  {},
  [[[[]]]],
  deep(200),
  { __proto__: null, constructor: { prototype: { a: 1 } } },
  Array.from({ length: 300 }, () => 0),
];

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...ODD_VALUES),
  fc.jsonValue({ maxDepth: 3 }),
);

/** One place of a value, chosen by numbers, is replaced, taken out, or has something beside it. */
function changed(value: unknown, way: readonly number[], odd: unknown): unknown {
  const [step = 0, ...rest] = way;
  if (Array.isArray(value)) {
    if (value.length === 0 || rest.length === 0) return step % 2 === 0 ? odd : [...value, odd];
    const at = step % value.length;
    return value.map((item: unknown, index) => (index === at ? changed(item, rest, odd) : item));
  }
  if (typeof value !== "object" || value === null || rest.length === 0) return odd;
  const entries = Object.entries(value);
  if (entries.length === 0) return { odd };
  const at = step % (entries.length + 2);
  if (at === entries.length) return { ...value, [typeof odd === "string" ? odd : "more"]: odd };
  if (at > entries.length) return Object.fromEntries(entries.slice(1));
  return Object.fromEntries(
    entries.map(([key, item], index) => [key, index === at ? changed(item, rest, odd) : item]),
  );
}

function schemaOf(type: z.core.$ZodType): Schema {
  // The names of JSON Schema that this file reads.
  return z.toJSONSchema(type, { unrepresentable: "any", io: "input" }) as Schema;
}

const ODD_TEXTS = [
  "",
  "{",
  "null",
  "[]",
  '"a"',
  "1e999",
  '{"a":1,"a":2}',
  "\uFEFF{}",
  "{}{}",
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{}}}',
  "[".repeat(20_000),
  `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`,
  "A".repeat(2_200_000),
];

const oddTypes = fc.constantFrom(
  "text/plain",
  "application/json; charset=utf-16",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=a",
  "application/octet-stream",
  "application/vnd.api+json",
  "a",
  "application/json, text/html",
);

const oddSegments = fc.oneof(
  fc.constantFrom(
    "%00",
    "%2e%2e%2f",
    "..",
    "%",
    "%ff",
    "%F0%9D%95%8F",
    "a".repeat(300),
    " ",
    "-1",
    "1e9",
    "*",
  ),
  fc.string({ maxLength: 20 }).map(encodeSafely),
);

function encodeSafely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return "%EF%BF%BD";
  }
}

/** Requests to one endpoint, from nearly right to nonsense. */
export function oddRequestsOf(
  name: EndpointName,
  { pool, token }: { readonly pool: Pool; readonly token: () => string },
): fc.Arbitrary<OddRequest> {
  const endpoint = ENDPOINTS[name];
  const isOctets = endpoint.body === Octets;
  const params = meant(schemaOf(endpoint.params), pool);
  const query = meant(schemaOf(endpoint.query), pool);
  const bodies: fc.Arbitrary<OddRequest["body"]>[] = [
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
    fc.constantFrom(...ODD_TEXTS),
  ];
  if (endpoint.body !== null && !isOctets) {
    const good = meant(schemaOf(endpoint.body), pool);
    const way = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 });
    bodies.push(good.map((value) => JSON.stringify(value)));
    for (let weight = 0; weight < 4; weight += 1)
      bodies.push(
        fc.tuple(good, way, oddValue).map(([value, ...rest]) => JSON.stringify(changed(value, ...rest))),
      );
  }
  const body = endpoint.method === "GET" ? fc.constant(null) : fc.oneof(...bodies);
  const type = fc.oneof(
    { weight: 8, arbitrary: fc.constant(isOctets ? "application/octet-stream" : "application/json") },
    { weight: 1, arbitrary: oddTypes },
  );
  const authorization = fc.oneof(
    { weight: 12, arbitrary: fc.constant("good") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("", "Bearer", "Basic YTpi", `Bearer ${"x".repeat(43)}`, "Bearer \u00e9"),
    },
  );
  const segment = fc.option(oddSegments, { freq: 8 });
  const suffix = fc.option(fc.constantFrom("?", "?after=1&after=2", "?a[]=1", "?after=%00", "?__proto__=1"), {
    freq: 10,
  });
  const mark = fc.option(fc.string({ maxLength: 40 }).map(encodeSafely), { freq: 6 });
  return fc.record({ params, query, body, type, authorization, segment, suffix, mark }).map((wish) => {
    const isSignedIn = wish.authorization === "good";
    return {
      method: endpoint.method,
      path: pathOf(endpoint.path, wish) + (wish.suffix ?? queryOf(wish.query)),
      headers: {
        ...(wish.body === null ? {} : { "content-type": wish.type }),
        ...(wish.mark === null ? {} : { "sotto-device": wish.mark }),
        ...(wish.authorization === ""
          ? {}
          : { authorization: isSignedIn ? `Bearer ${token()}` : wish.authorization }),
      },
      body: wish.body,
      isSignedIn,
    };
  });
}

function pathOf(path: string, { params, segment }: { params: unknown; segment: string | null }): string {
  const given = new Map(Object.entries(Object(params) as Record<string, unknown>));
  let odd = segment;
  return path.replaceAll(/:([a-z]+)/g, (_, key: string) => {
    const put = odd ?? encodeSafely(String(given.get(key)));
    odd = null;
    return put;
  });
}

function queryOf(query: unknown): string {
  const entries = Object.entries(Object(query) as Record<string, unknown>);
  return entries.length === 0
    ? ""
    : `?${entries.map(([key, value]) => `${key}=${encodeSafely(String(value))}`).join("&")}`;
}

/** Messages to the live door, from nearly right to nonsense. */
export function oddMessages(
  type: z.core.$ZodType,
  pool: Pool,
): fc.Arbitrary<string | Uint8Array<ArrayBuffer>> {
  const good = meant(schemaOf(type), pool);
  const way = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 });
  return fc.oneof(
    good.map((value) => JSON.stringify(value)),
    fc.tuple(good, way, oddValue).map(([value, ...rest]) => JSON.stringify(changed(value, ...rest)) ?? ""),
    fc.constantFrom(...ODD_TEXTS.filter((text) => text.length < 100_000)),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
  );
}
