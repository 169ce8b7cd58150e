import {
  fromBase64Url,
  idFromBytes,
  parseIdentityRecord,
  toBase64Url,
  verifyCustody,
  verifyIdentityRecord,
  type IdentityRecord,
} from "@sotto/vault/public";
import { LIMITS, type AnswerOf, type BodyOf } from "@sotto/contract";
import { insertAccount, insertIdentity, readIdentities } from "../store/account.ts";
import { insertAttempt, takeAttempt } from "../store/attempt.ts";
import { readRoomsOutside } from "../store/custody.ts";
import { findDoor, insertDoor } from "../store/door.ts";
import { readLogKey } from "../store/key-log.ts";
import { insertSession } from "../store/session.ts";
import { NO_PRACTICE, type Writer } from "../store/store.ts";
import { Undo } from "../steps/undo.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

/** Makes the account of a custodian: an identity in the key log, and no factor, no vault, no way to sign in. The same again changes nothing. */
export async function bringCustodian(
  world: World,
  session: Session,
  wish: BodyOf<"bringCustodian">,
): Promise<Outcome<Record<string, never>>> {
  if (session.standing !== "practice") return refuse("not-allowed");
  const record = parseIdentityRecord(fromBase64Url(wish.identity));
  if (record.generation !== 0 || !(await verifyIdentityRecord(record, null))) return refuse("malformed");
  try {
    return done(await world.store.write(session.practice, (writer) => makeAccount(world, writer, record)));
  } catch (error) {
    if (error instanceof Undo) return refuse(error.refusal);
    throw error;
  }
}

async function makeAccount(
  world: World,
  writer: Writer,
  record: IdentityRecord,
): Promise<Record<string, never>> {
  const { account, hash } = record;
  if (!(await insertAccount(writer, { account, standing: "custodian", at: world.now() }))) {
    const [known] = await readIdentities(writer, [hash]);
    if (known?.account === account) return {};
    throw new Undo("malformed");
  }
  const door = { kind: "custodian", value: toBase64Url(hash), account, ref: null, expiresAt: null } as const;
  // One that another practice has brought in is theirs.
  if (!(await insertDoor(writer, door))) throw new Undo("name-taken");
  await insertIdentity(writer, record, world.random);
  return {};
}

/** Whoever is not here. The key is a point of the curve that anybody may know (RFC 8032, 7.1, test 1): what it signs is refused. */
const NOBODY = {
  account: "00000000-0000-0000-0000-000000000000",
  signPublic: fromBase64Url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
} as const;

export async function startCustody(world: World): Promise<Outcome<AnswerOf<"startCustody">>> {
  const challenge = toBase64Url(world.random(32));
  const expiresAt = world.now() + LIMITS.attemptAgeMs;
  const attempt = await world.store.write(NO_PRACTICE, (writer) =>
    insertAttempt(writer, { kind: "custody", state: challenge, expiresAt }),
  );
  return done({ attempt, challenge });
}

/** A challenge is good once. An identity that is not known, or no custodian's, is answered like a wrong signature. */
export async function openCustody(
  world: World,
  wish: BodyOf<"openCustody">,
): Promise<Outcome<AnswerOf<"openCustody">>> {
  const challenge = await world.store.write(NO_PRACTICE, (writer) =>
    takeAttempt(writer, wish.attempt, "custody", world.now()),
  );
  if (challenge === null) return refuse("attempt-expired");
  const door = await world.store.read(NO_PRACTICE, (reader) => findDoor(reader, "custodian", wish.identity));
  return world.store.write(door.practice, async (writer) => {
    const [record] = await readIdentities(writer, [fromBase64Url(wish.identity)]);
    const signature = fromBase64Url(wish.signature);
    // The signature is looked at either way: the time must not tell whether there is such an identity.
    const claim = { record: record ?? NOBODY, challenge: fromBase64Url(challenge), signature };
    if (!(await verifyCustody(claim)) || record === undefined) return refuse("sign-in-failed");
    const at = world.now();
    const expiresAt = at + LIMITS.custodySessionAgeMs;
    const { account } = record;
    // A session names the factor that it came in by; this one came in by none.
    const token = await insertSession(writer, {
      account,
      factor: idFromBytes(world.random(16)),
      at,
      expiresAt,
    });
    const { publicKey } = await readLogKey(writer);
    return done({ token, practice: door.practice, account, expiresAt, logKey: toBase64Url(publicKey) });
  });
}

/** What a custodian sees of rooms that it has not opened. */
export async function listCustodyRooms(
  world: World,
  session: Session,
): Promise<Outcome<AnswerOf<"listCustodyRooms">>> {
  if (session.standing !== "custodian") return refuse("not-allowed");
  const rooms = await world.store.read(session.practice, (reader) =>
    readRoomsOutside(reader, session.account),
  );
  return done({
    rooms: rooms.map(({ closed, epoch, head, members, room }) => ({
      room,
      epoch,
      head: toBase64Url(new Uint8Array(head)),
      closed,
      members: members.map((member) => ({ ...member, identity: toBase64Url(member.identity) })),
    })),
  });
}
