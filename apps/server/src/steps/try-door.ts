import { fromBase64Url, tokenHashOf } from "@sotto/vault/public";
import type { BodyOf, RefusalKind } from "@sotto/contract";
import { isSameSecret, isSetupCodeGood } from "../store/attempt.ts";
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
  return world.store.write(practice, async (writer) => {
    const invitation = await lockInvitation(writer, door.invitation);
    if (!isHolder(invitation, door.token)) return "not-here";
    return invitationRefusal(invitation, world.now());
  });
}

/** Whether there is an invitation that this token belongs to. The token is looked at either way. */
export function isHolder(invitation: InvitationRow | null, token: string): invitation is InvitationRow {
  const shown = tokenHashOf(fromBase64Url(token));
  return isSameSecret(shown, invitation?.tokenHash ?? NO_TOKEN) && invitation !== null;
}

const NO_TOKEN = new Uint8Array(32);

/** The practice behind a door; one that nobody has when there is none. */
export async function practiceOf(world: World, door: Door): Promise<string> {
  if (door.kind === "setup") return door.practice;
  const found = await world.store.read(NO_PRACTICE, (reader) =>
    findDoor(reader, "invitation", door.invitation),
  );
  return found.practice;
}
