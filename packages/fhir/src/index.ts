export { consentBundle } from "./consent-bundle.ts";
export type { ConsentExport } from "./consent-bundle.ts";
export type { ExportFile } from "./document.ts";
export type { ExportPeople } from "./people.ts";
export type { Bundle } from "./resource.ts";
