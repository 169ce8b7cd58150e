import { equalBytes, fromBase64Url, toBase64Url } from "@sotto/vault/public";
import type { BodyOf } from "@sotto/contract";
import { takeAttempt } from "../store/attempt.ts";
import { insertFactor, type FactorRow } from "../store/account.ts";
import type { Writer } from "../store/store.ts";
import type { World } from "./world.ts";

type NewFactor = BodyOf<"addFactor">;

export interface CheckedFactor {
  readonly row: Omit<FactorRow, "lastUsedAt" | "account" | "createdAt">;
  readonly door: { readonly kind: "credential" | "name" | "recovery"; readonly value: string };
}

/** Checks what the client says of a new factor; for a passkey this ends the ceremony. Null when it does not hold. */
export async function checkFactor(
  world: World,
  writer: Writer,
  wish: NewFactor,
): Promise<CheckedFactor | null> {
  const wrap = fromBase64Url(wish.wrap);
  const common = {
    factor: wish.factor,
    kind: wish.kind,
    wrap,
    name: null,
    credentialId: null,
    counter: 0,
    stretching: null,
  };
  switch (wish.kind) {
    case "passkey": {
      const state = await takeAttempt(writer, wish.attempt, "passkey-new", world.now());
      const credential = state === null ? null : await world.passkeys.finishCreation(state, wish.response);
      if (credential === null) return null;
      const { credentialId, publicKey, counter } = credential;
      return {
        row: { ...common, credentialId, secret: publicKey, counter },
        door: { kind: "credential", value: credentialId },
      };
    }
    case "passphrase":
      return {
        row: { ...common, name: wish.name, secret: wish.record, stretching: wish.stretching },
        door: { kind: "name", value: wish.name },
      };
    case "recovery":
      return {
        row: { ...common, secret: wish.verifier },
        door: { kind: "recovery", value: toBase64Url(fromBase64Url(wish.lookup)) },
      };
  }
}

/** Stores a checked factor; false when somebody has its name, credential or lookup already. */
export function storeFactor(
  writer: Writer,
  checked: CheckedFactor,
  account: string,
  at: number,
): Promise<boolean> {
  return insertFactor(writer, { ...checked.row, account, createdAt: at }, checked.door);
}

/** Whether a stored factor is the one that was sent, as far as it was stored. */
export function isSameFactor(stored: FactorRow, wish: NewFactor): boolean {
  if (stored.factor !== wish.factor || !equalBytes(stored.wrap, fromBase64Url(wish.wrap))) return false;
  switch (wish.kind) {
    case "passkey":
      return stored.kind === wish.kind && stored.credentialId === wish.response["id"];
    case "passphrase":
      return stored.kind === wish.kind && stored.name === wish.name && stored.secret === wish.record;
    case "recovery":
      return stored.kind === wish.kind && stored.secret === wish.verifier;
  }
}
