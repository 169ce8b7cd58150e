/** What every screen of an agreement says. */
export const agreementWords = {
  title: "Our agreement",
  gone: "There is nothing here for you yet. When your therapist has made an agreement, you read and sign it here.",
};
