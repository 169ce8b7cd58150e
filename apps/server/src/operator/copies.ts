/** Copies of a database as lines, out and in again. */
export { copyDatabase } from "./copy-database.ts";
export { fillDatabase } from "./fill-database.ts";
