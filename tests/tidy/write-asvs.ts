/** `npm run asvs` writes the page about OWASP ASVS from its data. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ASVS_PAGE, asvsPage, readAsvs } from "./asvs-table.ts";
import { root } from "./read-sources.ts";

writeFileSync(join(root, ASVS_PAGE), asvsPage(readAsvs()));
