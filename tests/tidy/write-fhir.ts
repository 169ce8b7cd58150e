/** `npm run fhir` writes the definitions of what Sotto adds to FHIR, for whoever reads or checks an export. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FHIR_FILE, fhirFile } from "./fhir-definitions.ts";
import { root } from "./read-sources.ts";

writeFileSync(join(root, FHIR_FILE), fhirFile());
