export * from "./id.ts";
export * from "./family/person.ts";
export * from "./family/contact.ts";
export * from "./family/state.ts";
export * from "./practice/staff.ts";
export * from "./room/plan.ts";
export * from "./room/may-open.ts";
export * from "./entry/entry.ts";
