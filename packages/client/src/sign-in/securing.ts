import type { BodyOf } from "@sotto/contract";
import type { FactorId } from "@sotto/domain";
import {
  decodeVaultState,
  encodeVaultState,
  makeRecoveryCode,
  makeVaultKey,
  parseRecoveryCode,
  recoveryKeys,
  rotateIdentity,
  sealBlob,
  sha256,
  toBase64Url,
  wipe,
  wipeVaultState,
  wrapVaultKey,
} from "@sotto/vault";
import type { Bytes, VaultState } from "@sotto/vault";
import type { Done, FactorChoice } from "../client.ts";
import { sheetUsedAt } from "../actions/factors.ts";
import { done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { makeId } from "../ids.ts";
import { keyGenerationOf, withNextGeneration } from "../local/vault-keys.ts";
import type { KnownVault } from "../local/known-vault.ts";
import { VAULT_NAME } from "../sync/vault-keeper.ts";
import { showAgain } from "./show-again.ts";

interface Kept {
  readonly factor: FactorId;
  readonly kind: "passkey" | "passphrase";
  readonly kek: Bytes;
}

/** A new vault key, sheet and identity, ready to be sent, and the account as it is once the server has them. */
export interface Prepared {
  readonly body: BodyOf<"secureAccount">;
  readonly fresh: AccountKeys;
}

/** All that opens an account. */
export interface AccountKeys {
  readonly vaultKey: Bytes;
  readonly vault: KnownVault;
}

/**
 * Beginning anew after a sheet or a device came into other hands: a new sheet on paper first, then the ways in that stay are
 * proved one by one, then everything is replaced at once. It lives in memory only; whoever stops has changed nothing.
 */
export class Securing {
  #home: Home;
  readonly code: string;
  readonly #kept = new Map<FactorId, Kept>();

  constructor(home: Home) {
    this.#home = home;
    this.code = makeRecoveryCode(home.ports.random);
  }

  /** Whose account this is about. */
  get home(): Home {
    return this.#home;
  }

  /** Nothing was replaced, and the account was opened again: what was proved still holds. */
  goOn(home: Home): void {
    this.#home = home;
  }

  /** Lets go of what was proved. */
  forget(): void {
    for (const { kek } of this.#kept.values()) wipe(kek);
    this.#kept.clear();
  }

  /** Proves a way in that stays. Nobody is signed in by it. */
  async prove(choice: FactorChoice): Promise<Done<FactorId>> {
    const shown = await showAgain(this.#home, choice);
    if (shown.kind === "refused") return shown;
    const { factor, kek } = shown.value;
    const before = this.#kept.get(factor);
    if (before !== undefined) wipe(before.kek);
    this.#kept.set(factor, { factor, kind: choice.kind, kek });
    return done(factor);
  }

  /**
   * What to send, when the new sheet's code is typed back and at least one way in is proved. `held` is the caller's own
   * copy: a lock in the middle of it wipes what is in use.
   */
  async prepare(typed: string, { vault: known, vaultKey: oldKey }: AccountKeys): Promise<Done<Prepared>> {
    const parsed = parseRecoveryCode(typed);
    if (parsed.kind === "refused" || parsed.code !== this.code) return refused("sheet-mistyped");
    if (this.#kept.size === 0) return refused("nothing-proved");
    const { account } = this.#home.person;
    const { now, random } = this.#home.ports;
    const last = known.state.identities.at(-1);
    if (last === undefined) return refused("locked");
    const [vaultKey, rotated, counted] = [
      makeVaultKey(random),
      await rotateIdentity({ secret: last, reason: "device-lost", random }),
      await withNextGeneration(known.state, oldKey),
    ];
    const state = copyOfState({
      ...counted,
      identities: [...counted.identities, rotated.secret],
      recoveryProvedAt: Math.max(now(), (counted.recoveryProvedAt ?? 0) + 1, sheetUsedAt(counted) + 1),
    });
    const version = known.version + 1;
    const place = { account, name: VAULT_NAME, version };
    const vault = await sealBlob({ vaultKey, place, body: encodeVaultState(state), random });
    const wrap = async (kek: Bytes, of: { kind: "passkey" | "passphrase" | "recovery"; factor: string }) =>
      toBase64Url(
        await wrapVaultKey({
          kek,
          vaultKey,
          place: { account, generation: keyGenerationOf(state), ...of },
          random,
        }),
      );
    const wraps = await Promise.all(
      [...this.#kept.values()].map(async ({ factor, kek, kind }) => ({
        factor,
        wrap: await wrap(kek, { kind, factor }),
      })),
    );
    const { kek, lookup, proof } = await recoveryKeys(this.code);
    const factor = makeId<FactorId>(random);
    const sheet = {
      kind: "recovery" as const,
      factor,
      lookup: toBase64Url(lookup),
      verifier: toBase64Url(sha256(proof)),
      wrap: await wrap(kek, { kind: "recovery", factor }),
    };
    const identity = toBase64Url(rotated.record);
    const body = { vault: { version, bytes: toBase64Url(vault) }, identity, wraps, sheet };
    return done({ body, fresh: { vaultKey, vault: { state, base: state, version } } });
  }
}

/** A copy of an open account that shares no bytes with it: a lock wipes what is in use. */
export function copyOfAccount(home: Home): AccountKeys {
  const { base, state, version } = home.vault.known;
  const copy = copyOfState(state);
  const vault = { state: copy, base: base === state ? copy : copyOfState(base), version };
  return { vault, vaultKey: home.person.vaultKey.slice() };
}

/** Wipes a copy that nobody is signed in with. */
export function wipeAccount({ vault, vaultKey }: AccountKeys): void {
  wipe(vaultKey);
  wipeVaultState(vault.state);
  wipeVaultState(vault.base);
}

const copyOfState = (state: VaultState): VaultState => decodeVaultState(encodeVaultState(state));
