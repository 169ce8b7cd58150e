import type { RefusalKind } from "@sotto/contract";
import type { Random } from "@sotto/vault/public";
import type { Blobs } from "../blobs/blobs.ts";
import type { Marks } from "../ceremony/marks.ts";
import type { Passkeys } from "../ceremony/passkeys.ts";
import type { Passphrases } from "../ceremony/passphrases.ts";
import type { Mail } from "../delivery/mail.ts";
import type { Push } from "../delivery/push.ts";
import type { LoggedBuild } from "../store/build.ts";
import type { Session } from "../store/session.ts";
import type { Store } from "../store/store.ts";
import type { EvenNo } from "./even-no.ts";
import type { Limiter } from "./limiter.ts";
import type { Presence } from "./presence.ts";
import type { RoomTurns } from "./room-turns.ts";

/** Somebody to tell, after the commit. Telling is a hint: whoever misses it finds the same in the store. */
export type Telling =
  | {
      readonly kind: "item";
      readonly practice: string;
      readonly room: string;
      readonly seq: number;
      readonly item: "event" | "frame";
      readonly bytes: string;
      readonly at: number;
      readonly to: readonly { readonly account: string; readonly fromSeq: number }[];
    }
  | { readonly kind: "rooms-changed"; readonly practice: string; readonly to: readonly string[] }
  | { readonly kind: "sessions-changed"; readonly practice: string; readonly to: readonly string[] }
  | {
      readonly kind: "vault-changed";
      readonly practice: string;
      readonly to: readonly string[];
      readonly name: string;
      readonly version: number;
    }
  | { readonly kind: "invitations-changed"; readonly practice: string; readonly to: readonly string[] }
  | { readonly kind: "session-ended"; readonly tokenHash: Uint8Array }
  /** An item stands in the store of which nobody may have been told: whoever stored it lost the answer. */
  | { readonly kind: "stored"; readonly practice: string; readonly room: string; readonly seq: number }
  /** Somebody who has reminders gave a sign of being there. */
  | { readonly kind: "here"; readonly practice: string; readonly account: string };

/** What reminders go out by, and who needs none because they are there. */
export interface Reminding {
  /** Null when this practice sends no mail. */
  readonly mail: Mail | null;
  readonly push: Push;
  /** The address of the page as a mail may name it; null when it would say too much. */
  readonly link: string | null;
  readonly presence: Presence;
}

/**
 * What a use case may touch: the store, the bytes of files, the turns of its rooms, the clock, randomness, the two ceremonies, reminders,
 * the build of the page that it gives (null when nobody signed one), and a voice for afterwards.
 */
export interface World {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly turns: RoomTurns;
  readonly now: () => number;
  readonly random: Random;
  readonly passkeys: Passkeys;
  readonly passphrases: Passphrases;
  readonly marks: Marks;
  readonly limiter: Limiter;
  /** Begun with everything that is asked, so that every no takes as long. */
  readonly beginNo: () => EvenNo;
  readonly reminding: Reminding;
  readonly build: LoggedBuild | null;
  readonly tell: (telling: Telling) => void;
}

export type Outcome<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | {
      readonly kind: "refused";
      readonly refusal: RefusalKind;
      /** After how long it may be tried again; where nothing is said, that makes no difference. */
      readonly againAfterMs?: number;
    };

export const done = <Value>(value: Value): Outcome<Value> => ({ kind: "done", value });
export const refuse = (
  refusal: RefusalKind,
): { readonly kind: "refused"; readonly refusal: RefusalKind } => ({ kind: "refused", refusal });

export type { Session };
