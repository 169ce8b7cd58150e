import type { Hint } from "../bus/hint.ts";
import type { Telling } from "../steps/world.ts";

/** What the other processes are told when something is told here: everything but content. */
export function hintOf(telling: Telling): Hint {
  switch (telling.kind) {
    case "item":
    case "stored": {
      const { practice, room, seq } = telling;
      const roster = telling.kind === "stored" || telling.item === "event";
      return { kind: "items", practice, room, first: seq, last: seq, roster };
    }
    case "session-ended":
      return { kind: telling.kind, tokenHash: Buffer.from(telling.tokenHash).toString("base64url") };
    case "rooms-changed":
    case "invitations-changed":
    case "sessions-changed":
    case "vault-changed":
      return { ...telling, to: [...telling.to] };
    case "here":
      return telling;
  }
}
