import { parseId } from "@sotto/domain";
import type { AccountId } from "@sotto/domain";
import { emptyVaultState } from "@sotto/vault";
import type { VaultState } from "@sotto/vault";
import { expect, test } from "vitest";
import { memoryPorts } from "../memory-ports.ts";
import { joinVaults, loadVault, saveVault } from "./known-vault.ts";
import type { KnownVault } from "./known-vault.ts";
import { LocalRecords } from "./records.ts";

const named = (displayName: string): VaultState => ({ ...emptyVaultState(), displayName });
const known = (version: number, state: VaultState, base = state): KnownVault => ({ state, base, version });

test("a device keeps what it has not written yet, together with what it started from", async () => {
  const account = parseId<AccountId>("00000000-0000-4000-8000-000000000001");
  if (account === null) throw new Error("an id");
  const local = new LocalRecords(memoryPorts("http://localhost"), account, new Uint8Array(32).fill(3));
  const unwritten = known(4, named("Ada L."), named("Ada"));
  await saveVault(local, unwritten);
  expect(await loadVault(local)).toEqual(unwritten);
  const written = known(5, named("Ada L."));
  await saveVault(local, written);
  const loaded = await loadVault(local);
  expect(loaded).toEqual(written);
  expect(loaded?.base).toBe(loaded?.state);
  await local.writeSealed("vault", new Uint8Array([1, 2, 3]));
  expect(await loadVault(local)).toBeNull();
});

test("at a sign-in, what the device had not written yet is neither lost nor does it undo what others wrote", () => {
  const base = named("Ada");
  const given = known(6, { ...base, practiceName: "Elm Street" });
  expect(joinVaults(null, given)).toBe(given);
  expect(joinVaults(known(5, base), given)).toBe(given);
  const joined = joinVaults(known(5, named("Ada L."), base), given);
  expect(joined.state).toMatchObject({ displayName: "Ada L.", practiceName: "Elm Street" });
  expect(joined).toMatchObject({ base: given.state, version: 6 });
});

test("a device that is ahead of the server keeps what it has", () => {
  const ahead = known(7, named("Ada L."), named("Ada"));
  expect(joinVaults(ahead, known(6, named("Ada")))).toBe(ahead);
  expect(joinVaults(ahead, known(7, named("Ada")))).toBe(ahead);
});
