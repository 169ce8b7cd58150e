/** Every limit that server and client share. Bytes, counts and milliseconds, as the name says. */
export const LIMITS = {
  frameBytesMax: 66_000,
  eventBytesMax: 262_144,
  huskBytesMax: 16_384,
  identityBytesMax: 8_192,
  /** What a vault's state of 4 MiB is sealed to (docs/formats/envelope.md). */
  blobBytesMax: 4_198_444,
  wrapBytesMax: 512,
  /** What a file of 100 MiB is sealed to, and one chunk of it. */
  storedFileBytesMax: 109_053_568,
  storedChunkBytesMax: 1_048_592,
  chunksPerFileMax: 104,
  /** What one account has begun to send and not finished. */
  unfinishedFilesPerAccountMax: 20,
  unfinishedFileBytesPerAccountMax: 524_288_000,
  unfinishedFileAgeMs: 24 * 60 * 60 * 1000,
  itemsPerPageMax: 200,
  lookupsPerRequestMax: 100,
  /** As many as a deletion names at most. */
  erasuresPerRequestMax: 400,
  factorsPerAccountMax: 20,
  membersPerRoomMax: 100,
  openInvitationsPerAccountMax: 200,
  invitationAgeDaysMax: 30,
  sessionAgeMs: 12 * 60 * 60 * 1000,
  /** How long a custodian who has shown its key may open rooms, and read those that it opened. */
  custodySessionAgeMs: 60 * 60 * 1000,
  /** How long a session that is over stays on its account's list, so that a device that was away still learns of it. */
  sessionListedMs: 14 * 24 * 60 * 60 * 1000,
  sessionsListedMax: 500,
  /** When a session was last there is kept no finer than this. */
  sessionSeenStepMs: 60 * 60 * 1000,
  deviceNoteBytesMax: 512,
  deviceMarkCharactersMax: 256,
  attemptAgeMs: 5 * 60 * 1000,
  /** How long an enrolment may be repeated by whoever made it, because its answer was lost. */
  enrolmentRepeatMs: 10 * 60 * 1000,
  setupCodeAgeMs: 7 * 24 * 60 * 60 * 1000,
  realtimeMessageBytesMax: 131_072,
  realtimeQueueMax: 1_000,
  bodyBytesMax: 2_097_152,
  /** Of a request that carries a vault, by somebody who is signed in. */
  vaultBodyBytesMax: 6_291_456,
  reminderChannelsMax: 10,
  mailAddressCharactersMax: 254,
  mailCodeAgeMs: 10 * 60 * 1000,
  mailCodeTriesMax: 5,
  /** Mails and pushes that somebody asks for: codes and trials. */
  reminderAsksPerHourMax: 10,
} as const;
