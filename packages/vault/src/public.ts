/**
 * The public half: parsing and verifying what anybody may see, the codec, hashes, the key log. Nothing here opens, seals,
 * or holds a person's secret; it is all of this package that the server may import. (The one seed it handles is the
 * log's own, for signing checkpoints.)
 */
export { compareBytes, concatBytes, equalBytes, VaultFault } from "./codec/bytes.ts";
export type { Bytes, Random, VaultFaultCode } from "./codec/bytes.ts";
export { fromBase64Url, fromHex, idFromBytes, idToBytes, toBase64Url, toHex } from "./codec/text.ts";
export { sha256 } from "./primitives/hash.ts";
export { signPublicOf } from "./primitives/sign.ts";
export { identityHash, isSuccessor, parseIdentityRecord, verifyIdentityRecord } from "./identity/record.ts";
export type { IdentityOf, IdentityReason, IdentityRecord } from "./identity/record.ts";
export { safetyNumber } from "./identity/safety-number.ts";
export {
  isEndingEvent,
  isGrantEvent,
  parseRoomEvent,
  ROOM_EVENT_BYTES_MAX,
  ROOM_PAST_EPOCHS_MAX,
} from "./room/event.ts";
export type { RoomEvent } from "./room/event.ts";
export { checkHusk, checkJoiningEvent, checkRoomEvent } from "./room/check.ts";
export type { RoomCheck, RoomRefusal } from "./room/check.ts";
export { encodeHusk, huskOf, parseHusk } from "./room/husk.ts";
export type { RoomHusk } from "./room/husk.ts";
export { checkEnding } from "./room/ending.ts";
export type { EndingCheck } from "./room/ending.ts";
export { memberOf, OPENING_REASONS, ROOM_MEMBERS_MAX } from "./room/state.ts";
export type {
  OpeningReason,
  RoomAction,
  RoomGrant,
  RoomMember,
  RoomOpening,
  RoomRole,
  RoomState,
} from "./room/state.ts";
export { verifyCustody } from "./custodian/challenge.ts";
export { FRAME_BUCKETS, parseFrameHeader } from "./frame/header.ts";
export type { FrameHeader } from "./frame/header.ts";
export { encodeFrameStub, parseFrameStub, stubOfFrame } from "./frame/stub.ts";
export type { FrameStub } from "./frame/stub.ts";
export { emptyRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from "./log/proof.ts";
export type { TreeNumber } from "./log/proof.ts";
export { appendLeaves, consistencyProof, inclusionProof, rootAt } from "./log/tree.ts";
export type { ReadNode, TreeNode } from "./log/tree.ts";
export { coverLeaf, identityLeaf, roomHeadLeaf, vaultHeadLeaf } from "./log/leaf.ts";
export { openCheckpoint, openNote, signCheckpoint, signNote } from "./log/checkpoint.ts";
export type { Checkpoint } from "./log/checkpoint.ts";
export { buildLeaf, encodeBuildContents, parseBuildManifest } from "./build/manifest.ts";
export type { BuildFile, BuildManifest } from "./build/manifest.ts";
export { HAND_OVERS_MAX, isOfBuilder, SIGNED_BUILD_BYTES_MAX, verifySignedBuild } from "./build/signed.ts";
export type { HandOver, SignedBuild } from "./build/signed.ts";
export {
  AGREEMENT_VERSION_BYTES_MAX,
  agreementHash,
  agreementVersionId,
  decodeAgreementVersion,
  encodeAgreementVersion,
} from "./agreement/version.ts";
export { templateHash } from "./agreement/template-hash.ts";
export type { AgreementFields, AgreementRecord } from "./agreement/version.ts";
export {
  INTERPRETER_BYTES_MAX,
  parseStatement,
  STATEMENT_BYTES_MAX,
  verifyStatement,
  WITNESS_BYTES_MAX,
} from "./agreement/statement.ts";
export type { AgreementStatement, NamedPerson, Said, StatementFields } from "./agreement/statement.ts";
export { EVIDENCE_BYTES_MAX, parseEvidence } from "./agreement/evidence-file.ts";
export { COPY_BYTES_MAX, verifyCopy } from "./agreement/verify-copy.ts";
export type { EvidenceParts, ParsedEvidence } from "./agreement/evidence-file.ts";
export { isAboutStatement, verifyEvidence } from "./agreement/verify-evidence.ts";
export type {
  AgreementEvidence,
  EvidenceIdentity,
  EvidenceLine,
  EvidenceSaid,
} from "./agreement/verify-evidence.ts";
export { tokenHashOf } from "./invitation/token.ts";
export {
  FILE_BYTES_MAX,
  STORED_CHUNK_BYTES_MAX,
  STORED_FILE_BYTES_MAX,
  storedChunkBytes,
  storedChunkCount,
} from "./file/layout.ts";
