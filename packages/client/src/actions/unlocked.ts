import type { Done } from "../client.ts";
import { answering, ClientFault, refused } from "../done.ts";
import type { Home } from "../home.ts";

/** Runs an action of somebody who is in. `locked` when nobody is, also when they were locked out in the middle of it. */
export async function unlocked<Value>(
  home: () => Home | null,
  act: (home: Home) => Promise<Done<Value>>,
): Promise<Done<Value>> {
  const open = home();
  if (open === null) return refused("locked");
  try {
    return await answering(() => act(open));
  } catch (error) {
    // Keys that were wiped in the middle of it sign and open nothing: whatever that looks like, it was the lock.
    if (home() !== open) return refused("locked");
    throw error;
  }
}

type Answering = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** These actions, each run when all rooms that this device holds are open: they look for what may be in any of them. */
export function afterAllRooms<Acts extends Answering>(home: () => Home | null, actions: Acts): Acts {
  const later = Object.entries(actions).map(([name, act]) => [
    name,
    async (...args: never[]) => {
      await whileUnlocked(home, ({ rooms }) => rooms.whole());
      return act(...args);
    },
  ]);
  // The same names, with what takes and answers the same.
  return Object.fromEntries(later) as Acts;
}

/** The same for what answers nothing: while locked it does nothing. */
export async function whileUnlocked(
  home: () => Home | null,
  act: (home: Home) => Promise<void>,
): Promise<void> {
  const open = home();
  if (open === null) return;
  try {
    await act(open);
  } catch (error) {
    const isLocked = home() !== open || (error instanceof ClientFault && error.code === "closed");
    if (!isLocked) throw error;
  }
}
