import type { BodyOf } from "@sotto/contract";
import type { FactorId } from "@sotto/domain";
import {
  makeRecoveryCode,
  parseRecoveryCode,
  recoveryKeys,
  sha256,
  toBase64Url,
  wrapVaultKey,
} from "@sotto/vault";
import type { Actions, Done, FactorChoice, FactorView } from "../client.ts";
import { DONE, done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { makeId, toId } from "../ids.ts";
import { makeFactor, VAULT_KEY_GENERATION } from "../sign-in/make-factor.ts";

type FactorActions = Pick<Actions, "addFactor" | "removeFactor" | "makeSheet" | "proveSheet">;

/** When a sheet was last used to sign in: from then on it counts as spent. */
const SHEET_USED_SETTING = "sheet-used-at";

/** True when this person holds a sheet that was checked and not used since. */
export function isSheetProved(home: Home): boolean {
  const { recoveryProvedAt, settings } = home.vault.state;
  const used = Number(settings.find((setting) => setting.key === SHEET_USED_SETTING)?.value ?? "0");
  return recoveryProvedAt !== null && recoveryProvedAt > used;
}

/** The sheet has just let somebody in: it is spent. */
export function noteSheetUsed(home: Home): void {
  const value = String(home.ports.now());
  home.vault.change((state) => ({
    ...state,
    settings: [
      ...state.settings.filter((setting) => setting.key !== SHEET_USED_SETTING),
      { key: SHEET_USED_SETTING, value },
    ],
  }));
}

/** The ways in, as the server lists them. */
export async function listFactors(home: Home): Promise<Done<readonly FactorView[]>> {
  const answer = await home.call("listFactors");
  if (answer.kind === "refused") return answer;
  return done(answer.value.factors.map((line) => ({ ...line, factor: toId<FactorId>(line.factor) })));
}

/** Changing the ways in. `listed` is told what the server lists after each change. */
export function makeFactorActions(
  home: () => Home | null,
  listed: (factors: readonly FactorView[]) => void,
): FactorActions {
  // The code of a sheet that was made and not proved yet; it lives in memory only.
  let made: string | null = null;
  const refresh = async (open: Home): Promise<void> => {
    const factors = await listFactors(open);
    if (factors.kind === "done") listed(factors.value);
  };
  return {
    addFactor: async (choice) => {
      const open = home();
      if (open === null) return refused("locked");
      const added = await addFactor(open, choice);
      await refresh(open);
      return added;
    },
    removeFactor: async (factor) => {
      const open = home();
      if (open === null) return refused("locked");
      const answer = await open.call("removeFactor", { params: { factor } });
      await refresh(open);
      return answer.kind === "refused" ? answer : DONE;
    },
    makeSheet: async () => {
      const open = home();
      if (open === null) return refused("locked");
      made = makeRecoveryCode(open.ports.random);
      return done({ code: made });
    },
    proveSheet: async (typed) => {
      const open = home();
      if (open === null) return refused("locked");
      if (made === null) return refused("sheet-not-proved");
      const parsed = parseRecoveryCode(typed);
      if (parsed.kind === "refused" || parsed.code !== made) return refused("sheet-mistyped");
      const proved = await replaceSheet(open, made);
      if (proved.kind === "done") made = null;
      await refresh(open);
      return proved;
    },
  };
}

async function addFactor(home: Home, choice: FactorChoice): Promise<Done> {
  const { person, ports } = home;
  const made = await makeFactor({
    ports,
    account: person.account,
    vaultKey: person.vaultKey,
    choice,
    door: {
      passkeyOptions: () => home.call("factorPasskeyOptions", { body: {} }),
      passphraseStart: (name, request) => home.call("factorPassphraseStart", { body: { name, request } }),
    },
  });
  if (made.kind === "refused") return made;
  const answer = await home.call("addFactor", { body: made.value.factor });
  if (answer.kind === "refused") return answer;
  const { serverKey } = made.value;
  if (serverKey !== null && home.vault.state.opaqueServerKey === null) {
    home.vault.change((state) => ({ ...state, opaqueServerKey: serverKey }));
  }
  return DONE;
}

/** The new sheet first, then the old ones go: at no moment is there none. */
async function replaceSheet(home: Home, code: string): Promise<Done> {
  const { person, ports } = home;
  const { kek, lookup, proof } = await recoveryKeys(code);
  const factor = makeId<FactorId>(ports.random);
  const place = {
    account: person.account,
    kind: "recovery" as const,
    factor,
    generation: VAULT_KEY_GENERATION,
  };
  const wrap = await wrapVaultKey({ kek, vaultKey: person.vaultKey, place, random: ports.random });
  const body: BodyOf<"addFactor"> = {
    kind: "recovery",
    factor,
    lookup: toBase64Url(lookup),
    verifier: toBase64Url(sha256(proof)),
    wrap: toBase64Url(wrap),
  };
  const added = await home.call("addFactor", { body });
  if (added.kind === "refused") return added;
  const factors = await listFactors(home);
  if (factors.kind === "refused") return factors;
  for (const other of factors.value) {
    if (other.kind !== "recovery" || other.factor === factor) continue;
    const removed = await home.call("removeFactor", { params: { factor: other.factor } });
    if (removed.kind === "refused" && removed.refusal !== "not-here") return removed;
  }
  home.vault.change((state) => ({ ...state, recoveryProvedAt: ports.now() }));
  await home.vault.flush();
  return DONE;
}
