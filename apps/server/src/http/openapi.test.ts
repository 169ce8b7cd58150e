import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readOpenApi } from "./openapi.ts";

test("the committed OpenAPI document is what the routes say; `npm run openapi` writes it anew", async () => {
  const committed = await readFile(new URL("../../../../docs/openapi.json", import.meta.url), "utf8");
  expect(await readOpenApi()).toBe(committed);
});
