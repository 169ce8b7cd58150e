export type * from "./client.ts";
export type * from "./ports.ts";
export { createClient } from "./create-client.ts";
