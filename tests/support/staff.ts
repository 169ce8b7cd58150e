import type { FamilyView, PracticeView, RoomLineView } from "@sotto/client";
import type { FamilyId, PersonId, StaffRole } from "@sotto/domain";
import { randomUUID } from "node:crypto";
import { namesIn, newWay, now, roomWhere, seen, valueOf, type House, type Someone } from "./clients.ts";

/** Somebody of the staff, with who they are in the practice's record. */
export interface Professional extends Someone {
  readonly person: PersonId;
}

/** A professional is invited by somebody who runs the practice, comes in on a device of their own, and is let in. */
export async function hire(
  house: House,
  host: Someone,
  wish: { readonly name: string; readonly role?: StaffRole },
): Promise<Professional> {
  const { name, role = "therapist" } = wish;
  // A fresh UUID is a person's id; the brand is a compiler-only mark.
  const person = randomUUID() as string as PersonId;
  const invited = await host.client.actions.inviteStaff({ staff: { person, name, role }, days: 7 });
  const device = house.newDevice();
  const client = await house.open(device);
  const way = newWay(house, client);
  const fragment = new URL(valueOf(invited).link).hash;
  valueOf(await client.actions.join({ fragment, factor: way }));
  await seen(client, "practice", (view) => view?.people.some((one) => one.isMe) === true);
  return { name, device, client, way, person };
}

/** The practice as this person sees it now. */
export function practiceNow(who: Someone): PracticeView {
  const view = now(who.client, "practice");
  if (view === null) throw new Error("somebody of a family was asked");
  return view;
}

/** Waits until the family's screen holds. */
export function familyWhere(
  who: Someone,
  family: FamilyId,
  holds: (view: FamilyView) => boolean,
): Promise<FamilyView> {
  return new Promise((resolve) => {
    let stop: (() => void) | null = null;
    let isFound = false;
    stop = who.client.watchFamily(family, (view) => {
      if (isFound || view === null || !holds(view)) return;
      isFound = true;
      stop?.();
      resolve(view);
    });
    if (isFound) stop();
  });
}

const describe = (line: RoomLineView): string =>
  `${line.closed ? "closed " : ""}${line.subgroup ?? line.kind}: ${namesIn(line).join(" ")}`;

/** Waits until this person is in exactly these rooms, with exactly these readers. */
export function untilRooms(who: Someone, rooms: readonly string[]): Promise<readonly RoomLineView[]> {
  const wanted = rooms.toSorted().join();
  return seen(who.client, "rooms", (lines) => lines.map(describe).toSorted().join() === wanted);
}

/** The private room of a member, as somebody sees it who is in it. */
export const privateRoomWith = (who: Someone, name: string): Promise<RoomLineView> =>
  roomWhere(who.client, (line) => line.kind === "private" && namesIn(line).includes(name));
