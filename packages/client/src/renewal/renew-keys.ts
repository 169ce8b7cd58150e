import { renewalOwedSince, rotateIdentity } from "@sotto/vault";
import { renewSeats } from "../actions/change-room.ts";
import type { Done } from "../client.ts";
import { DONE, needed, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { readAllRooms, withoutOlderKeys } from "./archive-rooms.ts";
import { waitsFor } from "./owed.ts";

/** Rooms that could not be done are looked at again after this. */
const AGAIN_AFTER_MS = 10 * 60_000;

/**
 * Renews this person's sealing keys when that is owed, and destroys the older ones: the next identity is published, put in place in every
 * room, and then, in one writing of the vault, the seeds of the rooms that go on are archived and the older keys are gone. Each step looks at
 * what is; a run that was cut off anywhere, here or in another browser, is taken up by looking again. Answers in how many milliseconds to
 * look again; null when nothing is owed.
 */
export async function renewWhenDue(home: Home, isAsked: boolean): Promise<number | null> {
  const { ports, rooms, vault } = home;
  await wipeSpent(home);
  const waitMs = waitsFor(vault.state, rooms.held.length, ports.now());
  if (waitMs === null) return null;
  const due = vault.state.renewalDue?.generation ?? 0;
  const isPublished = (vault.state.identities.at(-1)?.generation ?? 0) > due;
  // What has begun is brought to its end.
  if (!isPublished && !isAsked && waitMs > 0) return waitMs;
  const { random } = ports;
  needed(await vault.publish(due, (secret) => rotateIdentity({ secret, reason: "rotation", random })));
  await rooms.whole();
  await renewSeats(home);
  const listed = await readAllRooms(home);
  vault.change((state) => withoutOlderKeys(home, listed, state));
  await wipeSpent(home);
  needed(await vault.flush());
  return renewalOwedSince(vault.state) === null ? null : AGAIN_AFTER_MS;
}

/** Renews now what is owed. `not-here` when a room still needs the older keys: it goes on by itself. */
export async function renewNow(home: Home): Promise<Done> {
  await renewWhenDue(home, true);
  return renewalOwedSince(home.vault.state) === null ? DONE : refused("not-here");
}

/** Keys that were destroyed, here or by another browser, leave this memory as soon as nothing is being opened with them. */
async function wipeSpent({ rooms, vault }: Home): Promise<void> {
  if (!vault.hasSpent) return;
  await rooms.quiet();
  vault.wipeSpent();
}
