export * from "./limits.ts";
export * from "./refusal.ts";
export * from "./scalars.ts";
export * from "./http/account.ts";
export * from "./http/session.ts";
export * from "./http/endpoints.ts";
export * from "./http/reminder.ts";
export * from "./realtime/messages.ts";
