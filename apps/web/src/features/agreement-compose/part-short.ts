import type { AgreementWork, FamilyView } from "@sotto/client";
import { CONFIDENTIALITY_LIMITS, CONTACT_KINDS } from "@sotto/domain";
import type { AgreementPart, Choices, OpenChoices } from "@sotto/domain";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { nameIn } from "./gap-words.ts";

interface Said {
  readonly work: AgreementWork;
  readonly family: FamilyView;
}

const SHORT: { readonly [Part in AgreementPart]: (choice: Choices[Part], draft: Said) => string } = {
  client: (client, { family, work }) =>
    client.kind === "individual" ? nameIn(work, family, client.client) : said.clients[client.kind],
  policy: (policy) =>
    policy.kind === "limited"
      ? said.policy.short(said.policies.limited, policy.categories.length)
      : said.policies[policy.kind],
  contacts: (contacts) => said.contactsOf.short(contacts.length, CONTACT_KINDS.length),
  telling: ({ graceCount, graceUnit }, { work }) => {
    const kind = work.choices.policy?.kind;
    const isUsed = kind === "no-secrets" || kind === "limited";
    return isUsed ? said.telling.short(graceCount, graceUnit) : said.telling.none;
  },
  limits: (limits) => said.limitsOf.short(limits.length, CONFIDENTIALITY_LIMITS.length),
  earlier: (earlier) => said.earlier[earlier],
  outsiders: ({ release }) => said.releases[release],
  promises: ({ recordings, screenshots }) =>
    `${said.recordings[recordings]}. ${said.screenshots[screenshots]}`,
  records: ({ form, retention }) =>
    said.records.short(
      said.forms[form],
      retention === null ? null : said.records.years(retention.recordMonths),
    ),
  court: ({ secrecy }) => said.court[secrecy],
  minors: (minors, { family, work }) =>
    minors.length === 0
      ? said.minors.noneShort
      : minors
          .map(({ level, minor }) => said.minors.short(nameIn(work, family, minor), said.levelsShort[level]))
          .join(", "),
  messages: ({ channels, crisisLine }) =>
    said.messages.short(channels.length, crisisLine === null ? null : crisisLine.name),
  change: ({ checkInMonths, reviewMonths }) => said.change.short(checkInMonths, reviewMonths),
  worries: ({ firstWordHours, routes }) => said.worries.short(routes.length, firstWordHours),
};

/** What is chosen in a part now, in a few words. */
export function partShort<Part extends AgreementPart>(part: Part, draft: Said): string {
  const choice: OpenChoices[Part] = draft.work.choices[part];
  return choice === null ? said.open : SHORT[part](choice, draft);
}
