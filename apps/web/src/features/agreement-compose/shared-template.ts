import type { AgreementWork, SharedTemplateView } from "@sotto/client";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { templateFile } from "@sotto/domain";
import type { AgreementTemplate } from "@sotto/domain";

/** What a template says, whatever number it has. */
const saidBy = (template: AgreementTemplate): string => templateFile({ ...template, version: 1 });

/** The template that a draft was begun from, where this device alone has it: neither shipped nor shared, and nobody has answered yet whether to share it. Null otherwise. */
export function onlyHere(
  work: AgreementWork,
  shared: readonly SharedTemplateView[],
): AgreementTemplate | null {
  const { begunFrom } = work;
  if (begunFrom === undefined || work.askedToShare === true) return null;
  const wanted = saidBy(begunFrom);
  const known = [
    ...AGREEMENT_TEMPLATES,
    ...shared.flatMap(({ versions }) => versions.map(({ template }) => template)),
  ];
  return known.some((template) => saidBy(template) === wanted) ? null : begunFrom;
}

/** The shared template that a draft was begun from or was shared as; null when there is none. */
export function sharedOf(
  work: AgreementWork,
  shared: readonly SharedTemplateView[],
): SharedTemplateView | null {
  return shared.find(({ id }) => id === work.shared) ?? null;
}
