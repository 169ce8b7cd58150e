import { VaultFault } from "@sotto/vault";
import { ClientFault } from "./done.ts";

/** Whether bytes or a text did not say what they must: the vault's fault, or an id that is none. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof VaultFault || (error instanceof ClientFault && error.code === "bad-answer");
}

/** What is read; null when it cannot be. Everything else that goes wrong is thrown. */
export function readOrNull<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw error;
  }
}

/** What is opened; null when it does not open. Everything else that goes wrong is thrown. */
export async function openOrNull<Value>(open: () => Promise<Value>): Promise<Value | null> {
  try {
    return await open();
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw error;
  }
}
