/** The whole vault: the public half and the half that holds, seals and opens. For a person's own clients only. */
export * from "./public.ts";
export { wipe } from "./codec/bytes.ts";
export { ByteReader, decodeUtf8 } from "./codec/reader.ts";
export { ByteWriter, encodeUtf8 } from "./codec/writer.ts";
export { hpkeBackEnd } from "./primitives/hpke.ts";
export type { HpkeBackEnd } from "./primitives/hpke.ts";
export { identityFor, isConsistentIdentity, makeIdentity, rotateIdentity } from "./identity/secret.ts";
export type { IdentitySecret, MadeIdentity, WholeIdentity } from "./identity/secret.ts";
export {
  kekFromOpaque,
  kekFromPrf,
  makeVaultKey,
  openWrap,
  VAULT_PRF_SALT,
  wrapVaultKey,
} from "./envelope/vault-key.ts";
export type { WrapKind, WrapPlace } from "./envelope/vault-key.ts";
export { makeRecoveryCode, parseRecoveryCode, recoveryKeys } from "./envelope/recovery-code.ts";
export type { ParsedRecoveryCode } from "./envelope/recovery-code.ts";
export { BLOB_BODY_BYTES_MAX, localKey, openBlob, openLocal, sealBlob, sealLocal } from "./envelope/blob.ts";
export type { BlobPlace } from "./envelope/blob.ts";
export { BROWSERS, openDeviceNote, sealDeviceNote, SYSTEMS } from "./envelope/device-note.ts";
export type { DeviceNote, NotePlace } from "./envelope/device-note.ts";
export { decodeVaultState, emptyVaultState, encodeVaultState } from "./envelope/vault-state.ts";
export {
  ARCHIVE_SEEDS_MAX,
  archivedSeed,
  archiveOf,
  countSeeds,
  makeRoomArchive,
} from "./envelope/archive.ts";
export type { RoomArchive } from "./envelope/archive.ts";
export {
  destroyOlderKeys,
  noteEndedRoom,
  oweRenewal,
  renewalOwedSince,
  wipeVaultState,
} from "./envelope/renewal.ts";
export type {
  EndedRoom,
  LogPin,
  RenewalDue,
  RoomHeadMark,
  VaultContact,
  VaultSetting,
  VaultState,
  VerifiedWay,
} from "./envelope/vault-state.ts";
export { headMarkOf, mergeVaultStates } from "./envelope/merge.ts";
export { CUSTODIAN_KEY_BYTES, custodianIdentity } from "./custodian/key.ts";
export {
  CUSTODIAN_SHARES,
  CUSTODIAN_SHARES_NEEDED,
  joinCustodianShares,
  splitCustodianKey,
} from "./custodian/shares.ts";
export type { CustodianShare, JoinedShares } from "./custodian/shares.ts";
export { parseShare, writeShare } from "./custodian/share-text.ts";
export type { ParsedShare } from "./custodian/share-text.ts";
export { readCustodianText, writeCustodianText } from "./custodian/public-text.ts";
export { signCustody } from "./custodian/sign-challenge.ts";
export {
  makeEndingEvent,
  makeOpeningEvent,
  makeRoomEvent,
  memberEntry,
  openGrantedPast,
  openPastEvent,
  openRoomEvent,
  roomChain,
} from "./room/chain.ts";
export type {
  MadeRoomEvent,
  OpenedRoomEvent,
  RoomCrypto,
  RoomEventOpening,
  RoomEventWish,
} from "./room/chain.ts";
export type { EpochKeys } from "./room/epoch-keys.ts";
export { decodeRoomCard, encodeRoomCard, ROOM_CARD_PEOPLE_MAX } from "./room/card.ts";
export type { CardPerson, CardRole, InvitedRole, RoomCard, RoomKind } from "./room/card.ts";
export { openFrame, sealFrame } from "./frame/frame.ts";
export type { OpenedFrame } from "./frame/frame.ts";
export { frameBodyBytesMax, SEEN_MAX } from "./frame/content.ts";
export type { FrameContent, LogGossip, PreviousFrame, SeenEntry, StreamId } from "./frame/content.ts";
export { gapOf, judgeGap } from "./frame/gap.ts";
export type { FrameVoucher, StreamGap } from "./frame/gap.ts";
export { followStreams, seenOf } from "./frame/streams.ts";
export type { StreamHead, StreamNotice, StreamsFollowed } from "./frame/streams.ts";
export {
  acceptanceProof,
  invitationToken,
  makeFragment,
  makeInvitation,
  parseFragment,
  verifyAcceptance,
} from "./invitation/invitation.ts";
export type { InvitationWords, ParsedInvitation } from "./invitation/invitation.ts";
export { FILE_CHUNK_BYTES, fileChunkCount, paddedFileBytes, storedFileBytes } from "./file/layout.ts";
export {
  fileCipher,
  fileContentBytes,
  fileHash,
  makeFileKey,
  openFileChunk,
  sealFileChunk,
} from "./file/file.ts";
export type { FileCipher, FilePlace } from "./file/file.ts";
export { signBuild, signHandOver } from "./build/sign-build.ts";
export { signingMark } from "./agreement/signing-mark.ts";
export { signStatement } from "./agreement/sign-statement.ts";
export { signEvidence } from "./agreement/sign-evidence.ts";
export { sealPaper } from "./agreement/seal-paper.ts";
