import { expect, test } from "vitest";
import { parseId } from "../id.ts";
import type { EntryId } from "../id.ts";
import { EDIT_WITHIN_MS, isDeletable, mayDelete, mayEdit } from "./revise.ts";
import type { KnownEntry } from "./revise.ts";
import { ENTRY_KIND_NUMBERS } from "./entry.ts";

const id = parseId<EntryId>("0190f3a0-0000-7000-8000-000000000001");
if (id === null) throw new Error("an id");
const said: KnownEntry = { entry: id, author: "ana", kind: "message", at: 1000 };

test("an author may change their words for 15 minutes, to the millisecond, and nobody else may at all", () => {
  expect(mayEdit(said, { author: "ana", at: 1000 + EDIT_WITHIN_MS })).toBe(true);
  expect(mayEdit(said, { author: "ana", at: 1001 + EDIT_WITHIN_MS })).toBe(false);
  expect(mayEdit(said, { author: "ben", at: 1001 })).toBe(false);
  expect(mayEdit({ ...said, kind: "reply" }, { author: "ana", at: 1001 })).toBe(true);
});

test("only words can be changed", () => {
  expect(mayEdit({ ...said, kind: "person" }, { author: "ana", at: 1001 })).toBe(false);
  expect(mayEdit({ ...said, kind: "edit" }, { author: "ana", at: 1001 })).toBe(false);
});

test("an author may take away what they said, whenever; the family's record and what is about other entries stays", () => {
  expect(mayDelete(said, "ana")).toBe(true);
  expect(mayDelete(said, "ben")).toBe(false);
  const kinds = Object.keys(ENTRY_KIND_NUMBERS) as (keyof typeof ENTRY_KIND_NUMBERS)[];
  expect(kinds.filter(isDeletable)).toEqual(["message", "reply", "file"]);
});
