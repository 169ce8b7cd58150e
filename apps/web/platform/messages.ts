import type { Actions, Client, FamilyView, PasskeyAnswer, RoomView, Views } from "@sotto/client";

/** The actions as the page calls them: all asynchronous, and the word list stays in the worker. */
export type RemoteActions = {
  readonly [Name in Exclude<keyof Actions, "makePassphrase">]: (
    ...wish: Parameters<Actions[Name]>
  ) => Promise<Awaited<ReturnType<Actions[Name]>>>;
} & { readonly makePassphrase: () => Promise<ReturnType<Actions["makePassphrase"]>> };

/** The client as the page sees it. */
export type RemoteClient = Pick<Client, "watch" | "watchRoom" | "watchFamily"> & {
  readonly actions: RemoteActions;
};

export type Topic =
  | { readonly kind: "view"; readonly name: keyof Views }
  | { readonly kind: "room"; readonly room: RoomView["room"] }
  | { readonly kind: "family"; readonly family: FamilyView["family"] };

export type ToWorker =
  | { readonly kind: "call"; readonly id: number; readonly action: string; readonly wish: readonly unknown[] }
  | { readonly kind: "watch"; readonly id: number; readonly topic: Topic }
  | { readonly kind: "unwatch"; readonly id: number }
  | { readonly kind: "passkey-answer"; readonly id: number; readonly answer: PasskeyAnswer | null };

export type FromWorker =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "fault"; readonly id: number; readonly code: string }
  | { readonly kind: "view"; readonly id: number; readonly view: unknown }
  | {
      readonly kind: "passkey";
      readonly id: number;
      readonly how: "create" | "get";
      readonly options: unknown;
      readonly salt: Uint8Array<ArrayBuffer>;
    };
