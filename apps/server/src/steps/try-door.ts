import { equalBytes, fromBase64Url, tokenHashOf } from "@sotto/vault/public";
import type { BodyOf, RefusalKind } from "@sotto/contract";
import { isSetupCodeGood } from "../store/attempt.ts";
import { findDoor } from "../store/door.ts";
import { lockInvitation, type InvitationRow } from "../store/invitation.ts";
import { NO_PRACTICE } from "../store/store.ts";
import type { World } from "./world.ts";

type Door = BodyOf<"enrolPasskeyOptions">["door"];

/** Why an invitation does not let its holder in; null when it does. */
export function invitationRefusal(invitation: InvitationRow, now: number): RefusalKind | null {
  if (invitation.state === "revoked") return "invitation-revoked";
  if (invitation.state !== "open") return "invitation-used";
  return invitation.expiresAt <= now ? "invitation-expired" : null;
}

/** Whether this door would open, without going through. */
export async function tryDoor(world: World, door: Door): Promise<RefusalKind | null> {
  if (door.kind === "setup") {
    const good = await world.store.read(NO_PRACTICE, (reader) =>
      isSetupCodeGood(reader, door.code, world.now()),
    );
    return good ? null : "setup-code-invalid";
  }
  const practice = await practiceOf(world, door);
  if (practice === null) return "not-here";
  return world.store.write(practice, async (writer) => {
    const invitation = await lockInvitation(writer, door.invitation);
    if (invitation === null || !isHolder(invitation, door.token)) return "not-here";
    return invitationRefusal(invitation, world.now());
  });
}

/** Whether this token belongs to the invitation. */
export const isHolder = (invitation: InvitationRow, token: string): boolean =>
  equalBytes(tokenHashOf(fromBase64Url(token)), invitation.tokenHash);

/** The practice behind a door; null when there is none. */
export async function practiceOf(world: World, door: Door): Promise<string | null> {
  if (door.kind === "setup") return door.practice;
  const found = await world.store.read(NO_PRACTICE, (reader) =>
    findDoor(reader, "invitation", door.invitation),
  );
  return found?.practice ?? null;
}
