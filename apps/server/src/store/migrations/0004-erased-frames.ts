/** A frame may be erased by its author: what was sealed makes way for a stub. Its place, its author and its time stay as they were written. */
export const erasedFrames = {
  number: 4,
  name: "erased-frames",
  statements: ["grant update (kind, bytes) on room_item to sotto_app"],
} as const;
