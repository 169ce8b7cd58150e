import type { AttackRow, Outcome, Threat } from "./row.ts";

const rolledBack: Outcome = { sees: ["alarms.vault-rolled-back"] };
const TRUST = "tests/scenarios/client-trust.test.ts";

const of =
  (threat: Threat, attack: string) =>
  (id: string, variant: string, outcome: Outcome, by?: string): AttackRow => ({
    threat,
    attack,
    variant,
    outcome,
    id,
    ...(by === undefined ? {} : { with: by }),
  });

const vault = of("T9", "an old or another vault");
const all = of("T10", "everything rolled back at once");
const guessing = of("T14", "guessing at a passphrase");
const sheet = of("T15", "a recovery sheet in other hands");
const wraps = of("T18", "swapped wraps and people at sign-in");

/** What is a person's own: their vault, and the ways into it. */
export const VAULT_ROWS: readonly AttackRow[] = [
  vault("vault-of-another", "somebody else's vault at sign-in", { sees: ["refusals.vault-unreadable"] }),
  vault("vault-renumbered", "an old vault under a new number", rolledBack),
  vault("vault-forked", "another vault under the number of one that was seen", rolledBack),
  {
    threat: "T9",
    attack: "an old or another vault",
    variant: "an old vault, on a device that has seen a newer one",
    outcome: rolledBack,
    file: "tests/scenarios/client-lying-server.test.ts",
    test: "T9: an older vault raises `vault-rolled-back`, and takes nothing from whoever holds a newer one",
  },
  {
    threat: "T9",
    attack: "an old or another vault",
    variant: "a vault from before its person began anew",
    outcome: rolledBack,
    file: TRUST,
    test: "T9: a vault from before somebody began anew is noticed by a device that has seen the new one",
  },
  all("everything-rolled-back", "vault, log and room, on a device that has seen more", {
    sees: ["alarms.log-rewritten", "alarms.vault-rolled-back", "alarms.room-forked"],
  }),
  all("everything-rolled-back-new-device", "the same on a new device, until somebody writes", {
    sees: ["notices.unreadable"],
  }),
  {
    threat: "T13",
    attack: "a stolen device goes on after its person began anew",
    variant: "with an old copy of everything, and the old sheet",
    with: "a stolen old device",
    outcome: { nothing: "Nothing: it opens nothing that is new." },
    file: TRUST,
    test: "T13, T15: after beginning anew, the old sheet with an old copy of everything opens nothing new, and nothing is lost",
  },
  guessing("stretching-weakened", "the server asks for weaker stretching", {
    sees: ["refusals.weak-parameters"],
  }),
  guessing("passphrase-server-swapped", "a new passphrase is registered with another server's key", {
    sees: ["refusals.server-changed", "alarms.server-key-changed"],
  }),
  sheet(
    "spent-sheet-let-in",
    "the server lets in an old sheet after its person began anew",
    { sees: ["refusals.vault-unreadable"] },
    "whoever found the sheet",
  ),
  sheet(
    "sheet-is-asked-about",
    "somebody comes in with it",
    { sees: ["devices.alert|a device|just now"] },
    "whoever found the sheet",
  ),
  wraps("wrap-of-another", "the wrap of somebody else's vault key", { sees: ["refusals.wrong-factor"] }),
  wraps("account-of-another", "somebody else's account", { sees: ["refusals.wrong-factor"] }),
];
