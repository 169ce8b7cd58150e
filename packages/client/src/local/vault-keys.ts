import { fromHex, localKey, toHex } from "@sotto/vault";
import type { Bytes, VaultState } from "@sotto/vault";
import { settingOf, withSetting } from "./choices.ts";

/**
 * A vault key that was replaced leaves two things in the vault: how many there were, and the keys under which devices of this
 * person keep what they had not sent yet. Whoever holds an old vault key could make the latter anyway.
 */
const GENERATION_SETTING = "trust/key-generation";
const OLDER_SETTING = "trust/older-local-keys";
const OLDER_MAX = 20;

/** How often the vault key of this account was replaced. */
export function keyGenerationOf(state: VaultState): number {
  return Number(settingOf(state, GENERATION_SETTING) ?? "0");
}

/** What devices of this person may still be sealed with, the newest first. */
export function olderLocalKeys(state: VaultState): readonly Bytes[] {
  const value = settingOf(state, OLDER_SETTING) ?? "";
  return value === "" ? [] : value.split(" ").map((hex) => fromHex(hex));
}

/** The state as it is under the next vault key. */
export async function withNextGeneration(state: VaultState, oldVaultKey: Bytes): Promise<VaultState> {
  const older = [await localKey(oldVaultKey), ...olderLocalKeys(state)].slice(0, OLDER_MAX);
  const counted = withSetting(state, GENERATION_SETTING, String(keyGenerationOf(state) + 1));
  return withSetting(counted, OLDER_SETTING, older.map((key) => toHex(key)).join(" "));
}
