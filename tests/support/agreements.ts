import type { AgreementVersionView, AgreementView, AgreementWork } from "@sotto/client";
import { AGREEMENT_PLACES, placeOf } from "@sotto/content/agreement-places";
import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import { beginDraft, withWords } from "@sotto/domain";
import type { Choices, FamilyId, Party, PersonId, Signing, TemplateShape } from "@sotto/domain";
import { familyWhere } from "./staff.ts";
import { firstThat } from "./clients.ts";
import type { FamilyMember, Someone } from "./clients.ts";

/** What stories about agreements share: composing one, signing it, and waiting for what it shows. */

const rule = {
  place: "",
  title: "Our own",
  citation: "",
  verified: false,
  asOf: "",
  familyMonths: 84,
  recordMonths: 84,
  minorMonths: 84,
  maximumMonths: null,
};

/** An agreement as a therapist composes it from a template that is shipped, for everybody who is recorded in the family now. */
export async function compose(
  therapist: Someone,
  family: FamilyId,
  wish: {
    readonly shape: TemplateShape;
    readonly choices?: Partial<Choices>;
    readonly parties?: (party: Party) => Party;
  },
): Promise<AgreementWork> {
  const { name, people } = await familyWhere(therapist, family, () => true);
  const template = AGREEMENT_TEMPLATES.find(({ shape }) => shape === wish.shape);
  const california = AGREEMENT_PLACES.find(({ code }) => code === "US-CA");
  if (template === undefined || california === undefined) throw new Error("what is shipped");
  const begun = beginDraft({
    template,
    family: { family, name, people: people.map(({ person }) => person) },
    therapists: [] as readonly PersonId[],
    places: [placeOf(california)],
    retention: rule,
    on: { year: 2026, month: 11, day: 26 },
  });
  const parties = begun.parties.map(wish.parties ?? ((party) => party));
  const messages = {
    channels: [{ channel: "room", answerHours: 48 } as const],
    crisisLine: { name: "988", number: "988" },
  };
  const worries = begun.choices.worries && {
    ...begun.choices.worries,
    routes: [{ route: "therapist", contact: "In the room" } as const],
  };
  const choices = { ...begun.choices, messages, worries, ...wish.choices };
  const draft = withWords({ ...begun, parties, choices }, CLAUSE_WORDS);
  return { ...draft, template: { template: template.id, version: template.version } };
}

/** Waits until this person's view of a family's agreement holds. */
export async function agreementWhere(
  who: Someone,
  family: FamilyId,
  holds: (view: AgreementView) => boolean,
): Promise<AgreementView> {
  const view = await firstThat<AgreementView | null>(
    (callback) => who.client.watchAgreement(family, callback),
    (seenNow) => seenNow !== null && holds(seenNow),
  );
  if (view === null) throw new Error("a view that was just seen");
  return view;
}

/** How somebody signs for themselves, as an adult in English, unless something else is said. */
export function signingBy(who: FamilyMember, more: Partial<Signing> = {}): Signing {
  return {
    as: "self",
    of: who.person,
    language: "en",
    reader: "adult",
    openedAt: Date.now(),
    explained: "together",
    ticked: [],
    onScreen: "agreed",
    interpreter: null,
    ...more,
  };
}

/** The version that stands first in a view. */
export function newest(view: AgreementView): AgreementVersionView {
  const [version] = view.versions;
  if (version === undefined) throw new Error("nothing is offered");
  return version;
}
