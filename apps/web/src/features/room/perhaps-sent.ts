import type { RoomLineEntry } from "@sotto/client";

/** Whether something was refused that may have arrived all the same: nobody says then that it was not sent. */
export const isPerhapsSent = (state: (RoomLineEntry & { readonly kind: "message" })["state"]): boolean =>
  state.kind === "refused" && state.refusal === "perhaps-sent";
