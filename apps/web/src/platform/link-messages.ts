import type {
  Actions,
  AgreementView,
  FamilyView,
  PasskeyAnswer,
  RoomSpan,
  RoomView,
  Views,
} from "@sotto/client";

/** The name of a worker that lets go of whoever is kept before it does anything else. */
export const FORGETS = "forgets";

/** What a screen can watch, by name and, for one room or family, by id. */
export type WatchTarget =
  | { readonly kind: "view"; readonly name: keyof Views }
  | { readonly kind: "room"; readonly id: string; readonly span: RoomSpan }
  | { readonly kind: "family" | "agreement"; readonly id: string };

export type AnyView = Views[keyof Views] | RoomView | FamilyView | AgreementView | null;

export type ToWorker =
  | {
      readonly kind: "call";
      readonly id: number;
      readonly action: keyof Actions;
      readonly args: readonly unknown[];
    }
  | { readonly kind: "watch"; readonly id: number; readonly target: WatchTarget }
  | { readonly kind: "unwatch"; readonly id: number }
  /** Browsers tell the page more dependably than its workers. */
  | { readonly kind: "network"; readonly isThere: boolean }
  | { readonly kind: "passkey-answer"; readonly id: number; readonly answer: PasskeyAnswer | null };

export type FromWorker =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "fault"; readonly id: number; readonly code: string }
  /** What has changed since it was last told, by the number under which it is watched. */
  | { readonly kind: "views"; readonly views: readonly (readonly [id: number, view: AnyView])[] }
  | {
      readonly kind: "passkey";
      readonly id: number;
      readonly ceremony: "create" | "get";
      readonly options: unknown;
      readonly salt: Uint8Array<ArrayBuffer>;
    };
