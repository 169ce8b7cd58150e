/** `npm run attacks`: writes docs/threat-model/attacks.md from the table. */
import { mkdirSync, writeFileSync } from "node:fs";
import { words } from "@sotto/web/words";
import { attacksPage } from "./page.ts";
import { ATTACKS } from "./rows.ts";

const page = new URL("../../../docs/threat-model/attacks.md", import.meta.url);
mkdirSync(new URL(".", page), { recursive: true });
writeFileSync(page, attacksPage(ATTACKS, words));
