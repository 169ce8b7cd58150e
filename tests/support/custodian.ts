/** The practice's continuity in stories: its sheets, and who brings it in. */
import { Custody } from "@sotto/client/custodian";
import {
  custodianIdentity,
  joinCustodianShares,
  splitCustodianKey,
  writeCustodianText,
  type CustodianShare,
  type WholeIdentity,
} from "@sotto/vault";
import { seen, valueOf, type House, type Someone } from "./clients.ts";
import type { Device } from "./node-ports.ts";

export const CONTINUITY = "The practice's continuity";

export interface MadeCustodian {
  readonly shares: readonly CustodianShare[];
  /** What is brought into the practice. */
  readonly text: string;
}

/** A custodian as the command makes one: from here on its key is on the sheets alone. */
export async function makeCustodian(): Promise<MadeCustodian> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const { record } = await custodianIdentity(key);
  return { shares: await splitCustodianKey(key), text: writeCustodianText(record) };
}

/** Three of the sheets come together. */
export async function identityFrom(shares: readonly CustodianShare[]): Promise<WholeIdentity> {
  const joined = await joinCustodianShares(shares);
  if (joined.kind !== "key") throw new Error(`these sheets give no key: ${joined.problem}`);
  return custodianIdentity(joined.key);
}

export async function bringIn(who: Someone, { text }: MadeCustodian): Promise<void> {
  valueOf(await who.client.actions.bringCustodian({ text, name: CONTINUITY }));
  await seen(who.client, "practice", (view) => view?.custodian !== null);
}

/** Waits until it reads in every room of families that this person keeps. */
export async function untilSeated(who: Someone): Promise<void> {
  await seen(who.client, "practice", (view) => {
    const seat = view?.custodian ?? null;
    return seat !== null && seat.roomsInAll > 0 && seat.rooms === seat.roomsInAll;
  });
}

/** Any three of its sheets, on a computer of their own. */
export async function enterWith(
  house: House,
  { shares }: MadeCustodian,
  device: Device = house.newDevice(),
): Promise<Custody> {
  return Custody.enter(device.ports, await identityFrom(shares.slice(1, 4)));
}
