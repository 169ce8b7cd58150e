import type { AgreementTemplate, TemplateId } from "@sotto/domain";
import type { Done } from "./client.ts";

/** The practice's templates, in its own room: every therapist of the practice finds them on every device. */
export interface TemplateActions {
  /**
   * Saves a version of a template: of the one that is named, or of a new one where `of` is null. Alone in a practice, this makes the practice's room.
   * `not-allowed` for whoever is no therapist, `malformed` for what is no template, `too-many-templates` when the practice shares as many as it can.
   */
  saveTemplate(wish: {
    readonly of: TemplateId | null;
    readonly template: AgreementTemplate;
  }): Promise<Done<TemplateId>>;
  /** Whether new agreements begin from it. Those that were begun from it stay as they are. */
  retireTemplate(wish: { readonly template: TemplateId; readonly retired: boolean }): Promise<Done>;
}

/** One version of a template as a therapist sees it. */
export interface TemplateVersionView {
  /** Its `version` is the number that it has in the practice. */
  readonly template: AgreementTemplate;
  /** Empty for somebody of whom the practice's record says nothing. */
  readonly savedBy: string;
  readonly isMine: boolean;
  readonly savedAt: number;
}

/** A template that the practice shares. */
export interface SharedTemplateView {
  readonly id: TemplateId;
  readonly isRetired: boolean;
  /** The newest first; never none. */
  readonly versions: readonly [TemplateVersionView, ...TemplateVersionView[]];
}
