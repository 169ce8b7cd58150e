/**
 * Ids are 16 random or time-ordered bytes, written as lower-case UUID text. The brands keep an account from being passed
 * where a room is meant; they exist in the compiler only.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type PracticeId = Branded<"practice">;
export type AccountId = Branded<"account">;
export type RoomId = Branded<"room">;
export type EntryId = Branded<"entry">;
export type FactorId = Branded<"factor">;
export type InvitationId = Branded<"invitation">;
export type FamilyId = Branded<"family">;
export type PersonId = Branded<"person">;
export type FileId = Branded<"file">;
export type DisposalId = Branded<"disposal">;
export type AgreementId = Branded<"agreement">;
export type TemplateId = Branded<"template">;
export type AgreementVersionId = Branded<"agreement-version">;
export type ReleaseId = Branded<"release">;

const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True when the text is a lower-case UUID, the only form an id has in JSON, SQL and TypeScript. */
export function isIdText(text: string): boolean {
  return UUID_TEXT.test(text);
}

/** Gives a checked text its brand; null when it is not an id. The caller says which kind it knows it to be. */
export function parseId<Id extends string>(text: string): Id | null {
  // The brand is a compiler-only mark; the text has just been checked.
  return isIdText(text) ? (text as Id) : null;
}
