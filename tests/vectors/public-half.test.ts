import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** Every module that a module reaches by static or dynamic imports within the package, and the packages they name. */
const reach = (
  entry: string,
): { readonly modules: ReadonlySet<string>; readonly packages: ReadonlySet<string> } => {
  const modules = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (modules.has(path)) return;
    modules.add(path);
    for (const [, name = ""] of readFileSync(path, "utf8").matchAll(/(?:from|import\(?)\s*"([^"]+)"/g)) {
      if (name.startsWith(".")) visit(join(dirname(path), name));
      else packages.add(name);
    }
  };
  visit(entry);
  return { modules, packages };
};

describe("what a server may know", () => {
  const entry = fileURLToPath(import.meta.resolve("@sotto/vault/public"));
  const { modules, packages } = reach(entry);

  it("reaches no module that opens, seals, or holds a person's secret", () => {
    const secret =
      /salted-seal|hpke|derive|secret\.ts|envelope|chain|epoch-keys|frame\/(?:frame|content)|card\.ts|invitation\.ts|index\.ts/;
    const runtime = [...modules].filter((path) => secret.test(path));
    expect(runtime).toEqual([]);
    expect(modules.size).toBeGreaterThan(10);
  });

  it("needs no package but the hashes", () => {
    expect([...packages]).toEqual(["@noble/hashes/sha2.js"]);
  });
});
