import type { BodyOf } from "@sotto/contract";
import type { FactorId } from "@sotto/domain";
import {
  equalBytes,
  makeRecoveryCode,
  parseRecoveryCode,
  recoveryKeys,
  sha256,
  toBase64Url,
  wipe,
  wrapVaultKey,
} from "@sotto/vault";
import type { VaultState } from "@sotto/vault";
import type { Actions, Done, FactorChoice, FactorView } from "../client.ts";
import { DONE, done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { makeId, toId } from "../ids.ts";
import { unlocked } from "./unlocked.ts";
import { makeFactor } from "../sign-in/make-factor.ts";
import { showAgain } from "../sign-in/show-again.ts";
import { keyGenerationOf } from "../local/vault-keys.ts";

type FactorActions = Pick<Actions, "showWay" | "addFactor" | "removeFactor" | "makeSheet" | "proveSheet">;

/** When a sheet was last used to sign in: from then on it counts as spent. */
const SHEET_USED_SETTING = "sheet-used-at";

/** When a sheet last let this person in; 0 when none has. */
export const sheetUsedAt = ({ settings }: VaultState): number =>
  Number(settings.find((setting) => setting.key === SHEET_USED_SETTING)?.value ?? "0");

/** True when this person holds a sheet that was checked and not used since. */
export function isSheetProved(home: Home): boolean {
  const { recoveryProvedAt } = home.vault.state;
  return recoveryProvedAt !== null && recoveryProvedAt > sheetUsedAt(home.vault.state);
}

/** The sheet has just let somebody in, or is gone: a new one is due. */
export function noteSheetSpent(home: Home): void {
  const usedAt = Math.max(home.ports.now(), home.vault.state.recoveryProvedAt ?? 0);
  home.vault.change((state) => ({
    ...state,
    settings: [
      ...state.settings.filter((setting) => setting.key !== SHEET_USED_SETTING),
      { key: SHEET_USED_SETTING, value: String(usedAt) },
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
  // A sheet that was made and not proved yet, and for whom; it lives in memory only.
  let made: { readonly home: Home; readonly sheet: Sheet } | null = null;
  const listAgain = async (open: Home): Promise<void> => {
    const factors = await listFactors(open);
    if (factors.kind === "done") listed(factors.value);
  };
  const changing = <Value>(change: (home: Home) => Promise<Done<Value>>): Promise<Done<Value>> =>
    unlocked(home, async (open) => {
      const changed = await change(open);
      await listAgain(open);
      return changed;
    });
  return {
    showWay: (choice) =>
      unlocked(home, async (open) => {
        const shown = await showAgain(open, choice);
        if (shown.kind === "refused") return shown;
        wipe(shown.value.kek);
        if (home() !== open) return refused("locked");
        open.shownWay.show();
        return DONE;
      }),
    addFactor: (choice) => changing((open) => shownFirst(open, () => addFactor(open, choice))),
    removeFactor: (factor) => changing((open) => shownFirst(open, () => removeFactor(open, factor))),
    makeSheet: () =>
      unlocked(home, async (open) => {
        // Whoever was let make it may prove it later: copying it onto paper takes as long as it takes.
        if (!open.shownWay.isFresh()) return refused("way-needed");
        const { random } = open.ports;
        made = { home: open, sheet: { code: makeRecoveryCode(random), factor: makeId(random) } };
        return done({ code: made.sheet.code });
      }),
    proveSheet: (typed) =>
      changing(async (open) => {
        if (made === null || made.home !== open) return refused("sheet-not-proved");
        const parsed = parseRecoveryCode(typed);
        if (parsed.kind === "refused" || parsed.code !== made.sheet.code) return refused("sheet-mistyped");
        const proved = await replaceSheet(open, made.sheet);
        if (proved.kind === "done") made = null;
        return proved;
      }),
  };
}

const shownFirst = (home: Home, change: () => Promise<Done>): Promise<Done> =>
  home.shownWay.isFresh() ? change() : Promise.resolve(refused("way-needed"));

async function removeFactor(home: Home, factor: FactorId): Promise<Done> {
  const before = await listFactors(home);
  const answer = await home.call("removeFactor", { params: { factor } });
  if (answer.kind === "refused") return answer;
  const sheets = before.kind === "done" ? before.value.filter(({ kind }) => kind === "recovery") : [];
  if (sheets.length > 0 && sheets.every((sheet) => sheet.factor === factor)) noteSheetSpent(home);
  return DONE;
}

async function addFactor(home: Home, choice: FactorChoice): Promise<Done> {
  const { person, ports } = home;
  const made = await makeFactor({
    ports,
    account: person.account,
    vaultKey: person.vaultKey,
    generation: keyGenerationOf(home.vault.state),
    choice,
    door: {
      passkeyOptions: () => home.call("factorPasskeyOptions", { body: {} }),
      passphraseStart: (name, request) => home.call("factorPassphraseStart", { body: { name, request } }),
    },
  });
  if (made.kind === "refused") return made;
  const { serverKey } = made.value;
  const pinned = home.vault.state.opaqueServerKey;
  // A passphrase registered with another key would let whoever has that one guess at it.
  if (serverKey !== null && pinned !== null && !equalBytes(pinned, serverKey)) {
    await home.alarms.raise("server-key-changed", null);
    return refused("server-changed");
  }
  const answer = await home.call("addFactor", { body: made.value.factor });
  if (answer.kind === "refused") return answer;
  if (serverKey !== null && pinned === null) {
    home.vault.change((state) => ({ ...state, opaqueServerKey: serverKey }));
  }
  return DONE;
}

/** A recovery sheet on its way to becoming a factor, under one id however often that is tried. */
interface Sheet {
  readonly code: string;
  readonly factor: FactorId;
}

/** The new sheet first, then the old ones go: at no moment is there none. */
async function replaceSheet(home: Home, { code, factor }: Sheet): Promise<Done> {
  const { person, ports } = home;
  const { kek, lookup, proof } = await recoveryKeys(code);
  const place = {
    account: person.account,
    kind: "recovery" as const,
    factor,
    generation: keyGenerationOf(home.vault.state),
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
  // Later than the last use, whatever this device's clock says.
  const provedAt = Math.max(ports.now(), sheetUsedAt(home.vault.state) + 1);
  home.vault.change((state) => ({ ...state, recoveryProvedAt: provedAt }));
  const written = await home.vault.flush();
  if (written.kind === "refused") return written;
  return removeOtherSheets(home, factor, { lookup: toBase64Url(lookup), proof: toBase64Url(proof) });
}

async function removeOtherSheets(home: Home, kept: FactorId, proof: BodyOf<"signInRecovery">): Promise<Done> {
  const factors = await listFactors(home);
  if (factors.kind === "refused") return factors;
  const others = factors.value.filter(({ factor, kind }) => kind === "recovery" && factor !== kept);
  if (others.some(({ factor }) => factor === home.person.session.factor)) {
    // Whoever came in by a sheet that goes now would be locked out with it: the session moves to the new one.
    const renewed = await home.call("signInRecovery", { body: proof });
    if (renewed.kind === "refused") return renewed;
    home.renew({ token: renewed.value.token, factor: kept });
  }
  for (const { factor } of others) {
    const removed = await home.call("removeFactor", { params: { factor } });
    if (removed.kind === "refused" && removed.refusal !== "not-here") return removed;
  }
  return DONE;
}
