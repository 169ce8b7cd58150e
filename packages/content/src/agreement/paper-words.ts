import type {
  AgreementLanguage,
  AgreementPart,
  Capacity,
  AuthorityProof,
  CopyForm,
  DeviceClass,
  EXPLAINED_WAYS,
  FamilyRole,
  Reader,
  VersionStage,
} from "@sotto/domain";
import { paper } from "./en/paper.ts";
import { paper as paperEs } from "./es/paper.ts";

/** The fixed words of an agreement on paper: headings, labels, and the sentences of its evidence page. What stands between braces is put in. */
export interface PaperWords {
  readonly title: string;
  readonly version: string;
  readonly madeFor: string;
  readonly footer: { readonly page: string; readonly text: string };
  readonly months: readonly string[];
  readonly day: string;
  readonly moment: string;
  readonly people: {
    readonly title: string;
    readonly party: string;
    readonly notSigning: string;
    readonly therapist: string;
    readonly practice: string;
  };
  readonly roles: { readonly [Role in FamilyRole]: string };
  readonly standing: {
    readonly title: string;
    readonly copy: string;
    readonly none: string;
    readonly waiting: string;
    readonly broken: string;
  };
  readonly stages: { readonly [Kind in VersionStage["kind"]]: string };
  readonly agreed: string;
  readonly parts: { readonly [Part in AgreementPart]: string };
  readonly evidence: {
    readonly title: string;
    readonly about: string;
    readonly attached: string;
    readonly notAttached: string;
    readonly text: string;
    readonly number: string;
    readonly id: string;
    readonly hash: string;
    readonly shown: string;
    readonly offer: string;
    readonly offeredBy: string;
    readonly offeredAt: string;
    readonly signatureOf: string;
    readonly as: string;
    readonly signedAt: string;
    readonly heardAt: string;
    readonly openedAt: string;
    readonly read: string;
    readonly explained: string;
    readonly ticked: string;
    readonly tickedNone: string;
    readonly onScreen: string;
    readonly onScreenAgreed: string;
    readonly interpreter: string;
    readonly interpreterNone: string;
    readonly interpreterUnnamed: string;
    readonly authority: string;
    readonly authorityNone: string;
    readonly witness: string;
    readonly delivered: string;
    readonly deliveredAt: string;
    readonly device: string;
    readonly clock: string;
    readonly clockAt: string;
    readonly key: string;
    readonly logPlace: string;
    readonly logPlaceNone: string;
    readonly missing: string;
    readonly doubts: string;
    readonly refused: string;
    readonly leavesOut: string;
    readonly copy: string;
    readonly madeAt: string;
    readonly madeBy: string;
    readonly log: string;
    readonly logNone: string;
    readonly logSize: string;
    readonly logKey: string;
    readonly codes: string;
    readonly limits: string;
    readonly limit: readonly string[];
  };
  readonly capacities: { readonly [As in Capacity]: string };
  readonly explained: { readonly [Way in (typeof EXPLAINED_WAYS)[number]]: string };
  readonly proofs: { readonly [Proof in AuthorityProof]: string };
  readonly copies: { readonly [Form in CopyForm]: string };
  readonly devices: { readonly [Class in DeviceClass]: string };
  readonly languages: { readonly [Language in AgreementLanguage]: string };
  readonly readers: { readonly [For in Reader]: string };
  /** What the attached file is, for whoever looks at the list of attachments. */
  readonly fileNote: string;
}

export const PAPER_WORDS: { readonly [Language in AgreementLanguage]: PaperWords } = {
  en: paper,
  es: paperEs,
};
