/** Every limit that server and client share. Bytes, counts and milliseconds, as the name says. */
export const LIMITS = {
  frameBytesMax: 66_000,
  eventBytesMax: 262_144,
  identityBytesMax: 8_192,
  blobBytesMax: 1_048_576,
  wrapBytesMax: 512,
  itemsPerPageMax: 200,
  lookupsPerRequestMax: 100,
  factorsPerAccountMax: 20,
  membersPerRoomMax: 100,
  openInvitationsPerAccountMax: 200,
  invitationAgeDaysMax: 30,
  sessionAgeMs: 12 * 60 * 60 * 1000,
  attemptAgeMs: 5 * 60 * 1000,
  /** How long an enrolment may be repeated by whoever made it, because its answer was lost. */
  enrolmentRepeatMs: 10 * 60 * 1000,
  setupCodeAgeMs: 7 * 24 * 60 * 60 * 1000,
  realtimeMessageBytesMax: 131_072,
  realtimeQueueMax: 1_000,
  bodyBytesMax: 2_097_152,
  reminderChannelsMax: 10,
  mailAddressCharactersMax: 254,
  mailCodeAgeMs: 10 * 60 * 1000,
  mailCodeTriesMax: 5,
  /** Mails and pushes that somebody asks for: codes and trials. */
  reminderAsksPerHourMax: 10,
} as const;
