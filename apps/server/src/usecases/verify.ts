import { findPractices } from "../store/door.ts";
import { logOriginOf } from "../store/key-log.ts";
import { NO_PRACTICE, type Reader } from "../store/store.ts";
import { hasPractice, readRooms } from "../store/whole.ts";
import type { Finding } from "../steps/finding.ts";
import { verifyBuilds } from "../steps/verify-builds.ts";
import { verifyIdentities, verifyVaults } from "../steps/verify-accounts.ts";
import { verifyEndedRoom } from "../steps/verify-ended-room.ts";
import { verifyLog } from "../steps/verify-log.ts";
import { verifyRoom } from "../steps/verify-room.ts";
import type { World } from "../steps/world.ts";

export interface Verified {
  readonly practices: number;
  readonly rooms: number;
  readonly findings: readonly Finding[];
}

/** Checks everything that can be checked without a key, practice by practice, each in a picture that stands still. */
export async function verify({ store }: Pick<World, "store">): Promise<Verified> {
  const practices = await store.read(NO_PRACTICE, findPractices);
  const parts: Verified[] = [];
  for (const practice of practices) parts.push(await store.readStill(practice, verifyPractice));
  return {
    practices: practices.length,
    rooms: parts.reduce((sum, part) => sum + part.rooms, 0),
    findings: parts.flatMap((part) => part.findings),
  };
}

/** Checks one practice, through whatever reads it. */
export async function verifyPractice(reader: Reader): Promise<Verified> {
  const { practice } = reader;
  if (!(await hasPractice(reader)))
    return { practices: 1, rooms: 0, findings: [{ kind: "practice-missing", practice, at: "", why: "" }] };
  const log = await verifyLog(reader, logOriginOf(reader.practice));
  const identities = await verifyIdentities(reader);
  const vaults = await verifyVaults(reader);
  const rooms = await readRooms(reader);
  const findings = [...log, ...(await verifyBuilds(reader)), ...identities.findings, ...vaults];
  for (const { endedAt, room } of rooms) {
    const walk = endedAt === null ? verifyRoom : verifyEndedRoom;
    findings.push(...(await walk(reader, room, identities.identityOf)));
  }
  return { practices: 1, rooms: rooms.length, findings };
}
