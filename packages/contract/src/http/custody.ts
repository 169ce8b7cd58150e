import * as z from "zod/mini";
import { LIMITS } from "../limits.ts";
import { Base64, Count, Hash, Id, Millis } from "../scalars.ts";

const Empty = z.strictObject({});
const rest = { params: Empty, query: Empty, body: null } as const;

/** A room as a custodian finds it before it has opened it: what the server knows anyway, and what it takes to make the event. */
export const CustodyRoom = z.strictObject({
  room: Id,
  epoch: Count,
  head: Hash,
  closed: z.boolean(),
  members: z
    .array(z.strictObject({ account: Id, role: z.enum(["keeper", "member", "reader"]), identity: Hash }))
    .check(z.maxLength(LIMITS.membersPerRoomMax)),
});

/** The practice's continuity: an account without a way in, whose holder shows its key (docs/formats/custodian.md). */
export const CUSTODY_ENDPOINTS = {
  bringCustodian: {
    ...rest,
    method: "POST",
    path: "/v1/custodians",
    auth: "session",
    body: z.strictObject({ identity: Base64(LIMITS.identityBytesMax) }),
    answer: Empty,
    says: "Makes the account of a custodian from its identity record, without any way in. Staff only. The same again changes nothing.",
  },
  startCustody: {
    ...rest,
    method: "POST",
    path: "/v1/custody/challenge",
    auth: "none",
    body: Empty,
    answer: z.strictObject({ attempt: Id, challenge: Hash }),
    says: "A challenge for a custodian to sign.",
  },
  openCustody: {
    ...rest,
    method: "POST",
    path: "/v1/custody/sessions",
    auth: "none",
    body: z.strictObject({ attempt: Id, identity: Hash, signature: Base64(64) }),
    answer: z.strictObject({
      token: z.string(),
      practice: Id,
      account: Id,
      expiresAt: Millis,
      /** Ed25519 public key of the practice's key log, base64url. */
      logKey: Hash,
    }),
    says: "A session for the custodian that signed the challenge. It reads nothing of a room before its own event stands in it, said in this session.",
  },
  listCustodyRooms: {
    ...rest,
    method: "GET",
    path: "/v1/custody/rooms",
    auth: "session",
    custodian: true,
    answer: z.strictObject({ rooms: z.array(CustodyRoom) }),
    says: "The rooms that this custodian is in, by id, with their rosters. A custodian only.",
  },
} as const;
