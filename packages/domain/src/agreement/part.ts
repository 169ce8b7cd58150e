/** The fourteen parts that every agreement has, in the order in which they are read. */
export const AGREEMENT_PARTS = [
  "client",
  "policy",
  "contacts",
  "telling",
  "limits",
  "earlier",
  "outsiders",
  "promises",
  "records",
  "court",
  "minors",
  "messages",
  "change",
  "worries",
] as const;
export type AgreementPart = (typeof AGREEMENT_PARTS)[number];
