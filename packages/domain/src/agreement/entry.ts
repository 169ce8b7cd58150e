import type { AgreementVersionId, EntryId, PersonId } from "../id.ts";
import type { AgreementPart } from "./part.ts";
import { RECORDED_TRIGGERS } from "./trigger.ts";
import type { GivenAnswer } from "./understanding.ts";

/** What somebody records of a family's life: what re-opens consent by itself, that confidentiality was talked about with everyone, or that there was a session. */
export const LIFE_EVENT_KINDS = [...RECORDED_TRIGGERS, "talked", "session"] as const;
export type LifeEventKind = (typeof LIFE_EVENT_KINDS)[number];

/**
 * What is said about a family's agreement. `agreement-piece` and `agreement-note` stand in the agreement's room, `life-event` in the team room, what
 * one person says to the therapists alone in that person's private room, and `agreement-said` in either: a statement in its own bytes, signed apart
 * from the frame that carries it, so that a copy of the agreement can be checked without the room.
 */
export type AgreementEntry =
  /** One piece of a version's bytes: `about` is the hash of all of them, `index` its place among `count`. */
  | {
      readonly kind: "agreement-piece";
      readonly about: Uint8Array;
      readonly index: number;
      readonly count: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "agreement-said"; readonly statement: Uint8Array }
  /** How far its author has come: what they have read, and what they answered, in the order in which they did. The latest says all of it. */
  | {
      readonly kind: "agreement-progress";
      readonly version: AgreementVersionId;
      readonly read: readonly AgreementPart[];
      readonly answers: readonly GivenAnswer[];
    }
  /** `mayShare`: the answer may be shown to everybody, with the question and without a name. */
  | {
      readonly kind: "agreement-question";
      readonly version: AgreementVersionId;
      readonly part: AgreementPart;
      readonly text: string;
      readonly mayShare: boolean;
    }
  | { readonly kind: "agreement-answer"; readonly question: EntryId; readonly text: string }
  /** A question and its answer, for everybody. */
  | {
      readonly kind: "agreement-note";
      readonly version: AgreementVersionId;
      readonly part: AgreementPart;
      readonly question: string;
      readonly answer: string;
    }
  | {
      readonly kind: "life-event";
      readonly event: LifeEventKind;
      readonly at: number;
      readonly concerns: readonly PersonId[];
    };
