import type { AgreementVersionId, EntryId, PersonId } from "../id.ts";
import type { ContactKind, GuardianTopic } from "../agreement/choices.ts";
import type { PolicyFacts } from "../agreement/compile.ts";
import { compileAgreement } from "../agreement/compile.ts";
import type { EventMoment } from "../agreement/event.ts";
import { ruleAt } from "../agreement/rule-at.ts";
import type { AgreementState } from "../agreement/state.ts";
import type { OutsideLabel } from "../agreement/telling.ts";
import type { AgreementVersion } from "../agreement/version.ts";

/** What would be disclosed. */
export interface DisclosedEntry {
  readonly entry: EntryId;
  /** Who told it, or whom it is about. Each of them has to permit it. */
  readonly owners: readonly PersonId[];
  readonly told: EventMoment;
  /** How it was told alone; null for what was told where several were (domain section 4). */
  readonly contact: ContactKind | null;
  readonly label: OutsideLabel | null;
  /** How much of what a minor said it would tell their guardians; null where it is about none. */
  readonly topic: GuardianTopic | null;
  /** When its owner was asked to tell it themselves, and how many sessions there were since; null while nobody has asked them. */
  readonly asked: { readonly at: number; readonly sessions: number } | null;
}

/** The version that one owner had signed, and that was in force, when they told it; null for none. */
export interface OwnerRule {
  readonly owner: PersonId;
  readonly under: {
    readonly version: AgreementVersionId;
    readonly signedAt: number;
    readonly facts: PolicyFacts;
  } | null;
}

/** Under what each owner told it. Whatever happens to the agreement afterwards, the answer stays the same. */
export function ownerRules(
  state: AgreementState,
  { owners, told }: Pick<DisclosedEntry, "owners" | "told">,
  factsOf: (version: AgreementVersion) => PolicyFacts = compileAgreement,
): readonly OwnerRule[] {
  return owners.map((owner) => {
    const rule = ruleAt(state, { owner, ...told });
    if (rule.kind === "none") return { owner, under: null };
    const { signedAt, version } = rule;
    return { owner, under: { version: version.version, signedAt, facts: factsOf(version) } };
  });
}
