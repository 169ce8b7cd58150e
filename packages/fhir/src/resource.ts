/** What is written of FHIR R4 (4.0.1), and no more of it. The tests hold every export against the published definitions. */

export interface Coding {
  readonly system: string;
  readonly code: string;
}

export interface CodeableConcept {
  readonly coding: readonly Coding[];
}

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

/** Either to an entry of the bundle, or to somebody of whom there is none: then by what identifies them, or by a name alone. */
export interface Reference {
  readonly reference?: string;
  readonly type?: "RelatedPerson";
  readonly identifier?: Identifier;
  readonly display?: string;
}

/** One value, or extensions inside, and never both (ext-1). */
export interface Extension {
  readonly url: string;
  readonly extension?: readonly Extension[];
  readonly valueBase64Binary?: string;
  readonly valueBoolean?: boolean;
  readonly valueCode?: string;
  readonly valueDate?: string;
  readonly valueDateTime?: string;
  readonly valueInteger?: number;
  readonly valueReference?: Reference;
  readonly valueString?: string;
}

export interface Period {
  readonly start?: string;
  readonly end?: string;
}

export interface Actor {
  readonly role: CodeableConcept;
  readonly reference: Reference;
}

export interface Provision {
  readonly extension?: readonly Extension[];
  readonly type: "permit" | "deny";
  readonly period?: Period;
  readonly actor?: readonly Actor[];
  readonly securityLabel?: readonly Coding[];
  readonly purpose?: readonly Coding[];
  readonly data?: readonly { readonly meaning: "authoredby"; readonly reference: Reference }[];
  readonly provision?: readonly Provision[];
}

interface HumanName {
  readonly text: string;
}

interface Entry {
  readonly id: string;
}

export interface Organization extends Entry {
  readonly resourceType: "Organization";
  readonly identifier: readonly Identifier[];
  readonly name?: string;
}

export interface Practitioner extends Entry {
  readonly resourceType: "Practitioner";
  readonly identifier: readonly Identifier[];
  readonly name?: readonly HumanName[];
}

export interface Patient extends Entry {
  readonly resourceType: "Patient";
  readonly identifier: readonly Identifier[];
  readonly name?: readonly HumanName[];
  readonly birthDate?: string;
}

export interface RelatedPerson extends Entry {
  readonly resourceType: "RelatedPerson";
  readonly identifier: readonly Identifier[];
  readonly patient: Reference;
  readonly relationship: readonly CodeableConcept[];
  readonly name?: readonly HumanName[];
}

export interface Group extends Entry {
  readonly resourceType: "Group";
  readonly identifier: readonly Identifier[];
  readonly type: "person";
  readonly actual: true;
  readonly member?: readonly { readonly entity: Reference }[];
}

export interface Attachment {
  readonly extension: readonly Extension[];
  readonly contentType: string;
  readonly data?: string;
  readonly size: number;
  readonly hash: string;
  readonly title?: string;
  readonly creation: string;
}

export interface DocumentReference extends Entry {
  readonly resourceType: "DocumentReference";
  readonly masterIdentifier: Identifier;
  readonly status: "current" | "superseded";
  readonly docStatus: "preliminary" | "final";
  readonly type: CodeableConcept;
  readonly subject: Reference;
  readonly date: string;
  readonly author: readonly Reference[];
  readonly custodian: Reference;
  readonly securityLabel: readonly CodeableConcept[];
  readonly content: readonly { readonly attachment: Attachment; readonly format?: Coding }[];
}

export interface Consent extends Entry {
  readonly resourceType: "Consent";
  readonly meta?: { readonly profile: readonly string[] };
  readonly extension: readonly Extension[];
  readonly identifier: readonly Identifier[];
  readonly status: "proposed" | "active" | "inactive";
  readonly scope: CodeableConcept;
  readonly category: readonly CodeableConcept[];
  readonly patient?: Reference;
  readonly dateTime: string;
  readonly performer: readonly Reference[];
  readonly organization: readonly Reference[];
  readonly sourceReference?: Reference;
  readonly policy: readonly { readonly uri: string }[];
  readonly provision: Provision;
}

export type Resource =
  | Organization
  | Practitioner
  | Patient
  | RelatedPerson
  | Group
  | DocumentReference
  | Consent;

/** Everything of one export, in one file. */
export interface Bundle extends Entry {
  readonly resourceType: "Bundle";
  readonly type: "collection";
  readonly timestamp: string;
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[];
}
