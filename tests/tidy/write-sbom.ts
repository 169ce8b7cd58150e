/** `npm run sbom` writes what Sotto ships of others, for a release and for whoever scans it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./read-sources.ts";
import { readSbom, SBOM_FILE } from "./sbom-of.ts";

writeFileSync(join(root, SBOM_FILE), `${JSON.stringify(readSbom(), null, 1)}\n`);
