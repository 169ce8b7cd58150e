import type { VaultState } from "@sotto/vault";

/** Small things that a person's vault remembers by name. */
export function settingOf(state: VaultState, key: string): string | null {
  return state.settings.find((setting) => setting.key === key)?.value ?? null;
}

/** The state with this setting in it. */
export function withSetting(state: VaultState, key: string, value: string): VaultState {
  const others = state.settings.filter((setting) => setting.key !== key);
  return { ...state, settings: [...others, { key, value }] };
}
