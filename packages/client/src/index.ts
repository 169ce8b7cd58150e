export type * from "./client.ts";
export type * from "./ports.ts";
