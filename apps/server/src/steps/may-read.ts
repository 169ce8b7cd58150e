import { hasOpened } from "../store/custody.ts";
import type { Reader } from "../store/store.ts";
import type { Session } from "./world.ts";

/** People read the rooms that they are in. A custodian reads one only after it has said so there, in this session (T23). */
export async function mayRead(
  reader: Reader,
  { standing, tokenHash }: Session,
  room: string,
): Promise<boolean> {
  return standing !== "custodian" || hasOpened(reader, tokenHash, room);
}
