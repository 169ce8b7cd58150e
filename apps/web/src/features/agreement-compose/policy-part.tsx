import { POLICY_KINDS, SECRET_CATEGORIES } from "@sotto/domain";
import type { PolicyKind, SecretCategory, SecretsPolicy } from "@sotto/domain";
import { Check, RadioCards } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";
import { Checks } from "./fields.tsx";

/** The five policies of the field, and what each leaves to choose. */
export function PolicyPart(props: Editing & { readonly policy: SecretsPolicy }) {
  const { choose, policy, work } = props;
  const take = (kind: PolicyKind) => choose({ policy: policyOf(kind, work.begunFrom?.choices.policy) });
  return (
    <>
      <RadioCards
        legend={said.policy.legend}
        value={policy.kind}
        onChange={take}
        options={POLICY_KINDS.map((kind) => ({
          value: kind,
          title: said.policies[kind],
          hint: said.policyTrades[kind],
        }))}
      />
      {policy.kind === "limited" ? (
        <Checks
          legend={said.policy.list}
          hint={said.policy.listHint}
          all={SECRET_CATEGORIES}
          chosen={policy.categories}
          labels={said.categories}
          onChange={(categories) => choose({ policy: { kind: "limited", categories } })}
        />
      ) : null}
      {policy.kind === "discretion" ? (
        <Check
          label={said.policy.first}
          checked={policy.tellsSpeakerFirst}
          onChange={(tellsSpeakerFirst) => choose({ policy: { kind: "discretion", tellsSpeakerFirst } })}
        />
      ) : null}
      {policy.kind === "no-individual-contact" ? (
        <Check
          label={said.policy.screened}
          checked={policy.isScreenedFirst}
          onChange={(isScreenedFirst) =>
            choose({ policy: { kind: "no-individual-contact", isScreenedFirst } })
          }
        />
      ) : null}
    </>
  );
}

const USUAL: readonly SecretCategory[] = ["affair", "ending", "money", "health", "substances"];

const policyOf = (kind: PolicyKind, template: SecretsPolicy | undefined): SecretsPolicy => {
  // What the template had chosen comes back with its policy.
  if (template?.kind === kind) return template;
  switch (kind) {
    case "no-secrets":
    case "full":
      return { kind };
    case "limited":
      return { kind, categories: USUAL };
    case "discretion":
      return { kind, tellsSpeakerFirst: true };
    case "no-individual-contact":
      return { kind, isScreenedFirst: false };
  }
};
