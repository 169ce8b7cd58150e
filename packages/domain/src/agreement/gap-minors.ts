import type { MinorChoice, SecretsPolicy } from "./choices.ts";
import { ageOn } from "./day.ts";
import { OF_AGE } from "./place.ts";
import type { Place } from "./place.ts";
import type { Gap } from "./gap.ts";
import { isGuardianTopicAllowed } from "./minor-level.ts";
import type { AgreementDraft, Party } from "./version.ts";
import { minorsOf } from "./version.ts";

type MinorGap = Omit<Gap, "part" | "person">;

const BLOCKS = "blocks" as const;
const DOUBTFUL = "doubtful" as const;

/** What is missing or does not fit in what is promised to and about minors. */
export function minorGaps(draft: AgreementDraft): readonly Gap[] {
  const { choices, parties } = draft;
  const said = choices.minors;
  if (said === null) return [];
  const minors = minorsOf(parties);
  const without = minors.filter(({ person }) => !said.some(({ minor }) => minor === person));
  return [
    ...without.map(({ person }): Gap => ({
      kind: "minor-without-promise",
      weight: BLOCKS,
      part: "minors",
      person,
    })),
    ...said.flatMap((choice, index) => {
      const party = minors.find(({ person }) => person === choice.minor);
      const isTwice = said.findIndex(({ minor }) => minor === choice.minor) !== index;
      const found: readonly MinorGap[] = [
        ...(isTwice ? [{ kind: "minor-twice", weight: BLOCKS } as const] : []),
        ...(party === undefined
          ? [{ kind: "minor-not-party", weight: BLOCKS } as const]
          : [
              ...consentGaps(choice, party, parties),
              ...promiseGaps(choice, choices.policy),
              ...placeGaps(choice, party, draft),
            ]),
      ];
      return found.map((gap): Gap => ({ ...gap, part: "minors", person: choice.minor }));
    }),
  ];
}

const consentGaps = (choice: MinorChoice, party: Party, parties: readonly Party[]): readonly MinorGap[] => {
  const hasConsent = choice.route === "minor" ? party.signs : choice.guardians.length > 0;
  const unknown = choice.guardians.filter(
    (guardian) => !parties.some(({ person, role }) => person === guardian && isOfAge(role)),
  );
  return [
    ...(hasConsent ? [] : [{ kind: "minor-without-consent", weight: BLOCKS } as const]),
    ...unknown.map((guardian) => ({ kind: "guardian-unknown", weight: BLOCKS, about: guardian }) as const),
  ];
};

const isOfAge = (role: Party["role"]): boolean => role !== "teen" && role !== "child";

/** What the minor and their guardians are promised must be one thing, and risk is always told. */
const promiseGaps = ({ level, told }: MinorChoice, policy: SecretsPolicy | null): readonly MinorGap[] => {
  const beyond = told.filter((topic) => !isGuardianTopicAllowed(level, topic));
  // The promise to the minor holds, and what the policy says of everybody is not true of them: it has to be said in as many words.
  const isAgainst = level !== "open" && (policy?.kind === "no-secrets" || policy?.kind === "discretion");
  return [
    ...beyond.map((topic) => ({ kind: "promises-differ", weight: BLOCKS, about: topic }) as const),
    ...(told.includes("serious-risk") ? [] : [{ kind: "risk-not-told", weight: BLOCKS } as const]),
    ...(isAgainst ? [{ kind: "level-against-policy", weight: DOUBTFUL } as const] : []),
  ];
};

/** What each place's rule makes doubtful. The rule comes with its citation and whether anybody has seen it; a person decides. */
const placeGaps = (choice: MinorChoice, party: Party, draft: AgreementDraft): readonly MinorGap[] => {
  const age = ageOf(party, draft);
  if (age === null) return [{ kind: "age-unknown", weight: DOUBTFUL }];
  if (age >= OF_AGE) return [{ kind: "of-age", weight: DOUBTFUL }];
  return draft.places.flatMap((place): readonly MinorGap[] => {
    const { asOf, citation, code, verified } = place;
    const rule = { code, citation, verified, asOf };
    return doubtsOf(choice, age, place).map(({ about, kind }) => ({
      kind,
      weight: DOUBTFUL,
      about,
      place: rule,
    }));
  });
};

type Doubt = { readonly kind: "level-doubtful" | "route-doubtful"; readonly about: string };

const doubtsOf = (choice: MinorChoice, age: number, place: Place): readonly Doubt[] => {
  const mayConsent = place.minorAge === null ? null : age >= place.minorAge;
  const isKept = choice.level !== "open";
  const doubts: Doubt[] = [];
  if (choice.route === "minor" && mayConsent !== true) {
    doubts.push({ kind: "route-doubtful", about: mayConsent === false ? "too-young" : "no-age" });
  }
  if (choice.route === "minor" && place.hasConditions) {
    doubts.push({ kind: "route-doubtful", about: "conditions" });
  }
  // Being a parent does not give a right to it by itself, and being a therapist none to withhold it: both were punished.
  if (isKept && mayConsent !== true) doubts.push({ kind: "level-doubtful", about: "guardians-may-ask" });
  if (isKept && place.telling.includes("guardians-take-part")) {
    doubts.push({ kind: "level-doubtful", about: "guardians-take-part" });
  }
  if (!isKept && mayConsent !== false && place.telling.includes("minor-decides")) {
    doubts.push({ kind: "level-doubtful", about: "minor-decides" });
  }
  if (place.telling.includes("by-consent")) doubts.push({ kind: "level-doubtful", about: "by-consent" });
  if (place.telling.includes("other-law")) doubts.push({ kind: "level-doubtful", about: "other-law" });
  return doubts;
};

const ageOf = ({ born }: Party, { on }: AgreementDraft): number | null =>
  born === null ? null : ageOn(born, on);
