import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readOpenApi } from "../http/openapi.ts";

// `npm run openapi` writes the document that other programs build on; CI compares it with the routes.
await writeFile(
  fileURLToPath(new URL("../../../../docs/openapi.json", import.meta.url)),
  await readOpenApi(),
);
