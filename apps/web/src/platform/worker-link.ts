import type { Actions, AgreementView, FamilyView, RoomSpan, RoomView, Views } from "@sotto/client";
import clientWorkerUrl from "./client-worker.ts?worker&url";
import { FORGETS } from "./link-messages.ts";
import type { AnyView, FromWorker, ToWorker, WatchTarget } from "./link-messages.ts";
import { createPasskey, usePasskey } from "./passkeys.ts";
import { trustScriptUrl } from "./trusted-url.ts";

/** The client's actions seen from the page: the same, but every answer has to be waited for. */
export type LinkedActions = {
  readonly [Name in keyof Actions]: (
    ...args: Parameters<Actions[Name]>
  ) => Promise<Awaited<ReturnType<Actions[Name]>>>;
};

export interface WorkerLink {
  readonly actions: LinkedActions;
  watch<Name extends keyof Views>(name: Name, callback: (view: Views[Name]) => void): () => void;
  watchRoom(room: string, callback: (view: RoomView | null) => void, span: RoomSpan): () => void;
  watchFamily(family: string, callback: (view: FamilyView | null) => void): () => void;
  watchAgreement(family: string, callback: (view: AgreementView | null) => void): () => void;
}

/** The worker failed at something that was not designed to fail. `code` says where, and holds nothing of anybody's. */
export class ClientFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`client fault: ${code}`);
    this.name = "ClientFault";
    this.code = code;
  }
}

/** Starts the client in a dedicated worker and speaks with it. */
export function openWorkerLink(wish: {
  /** Whoever is kept on this device is let go first. */
  readonly forgets: boolean;
}): WorkerLink {
  const name = wish.forgets ? FORGETS : "";
  const worker = new Worker(trustScriptUrl(clientWorkerUrl), { type: "module", name });
  const calls = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (fault: ClientFault) => void }
  >();
  const views = new Map<number, (view: AnyView) => void>();
  let count = 0;
  const post = (message: ToWorker): void => worker.postMessage(message);

  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    switch (data.kind) {
      case "answer":
        calls.get(data.id)?.resolve(data.value);
        calls.delete(data.id);
        break;
      case "fault":
        calls.get(data.id)?.reject(new ClientFault(data.code));
        calls.delete(data.id);
        break;
      case "views":
        for (const [id, view] of data.views) views.get(id)?.(view);
        break;
      case "passkey": {
        const ceremony = data.ceremony === "create" ? createPasskey : usePasskey;
        void ceremony(data.options, data.salt).then((answer) =>
          post({ kind: "passkey-answer", id: data.id, answer }),
        );
        break;
      }
    }
  });

  addEventListener("online", () => post({ kind: "network", isThere: true }));
  addEventListener("offline", () => post({ kind: "network", isThere: false }));

  const watch = (target: WatchTarget, callback: (view: AnyView) => void): (() => void) => {
    const id = count++;
    views.set(id, callback);
    post({ kind: "watch", id, target });
    return () => {
      views.delete(id);
      post({ kind: "unwatch", id });
    };
  };

  const call = (action: keyof Actions, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = count++;
      calls.set(id, { resolve, reject });
      post({ kind: "call", id, action, args });
    });

  // The worker answers each name with what the interface says for it, so the casts below state what is true by construction.
  return {
    actions: new Proxy({} as LinkedActions, {
      get:
        (_target, action: keyof Actions) =>
        (...args: readonly unknown[]) =>
          call(action, args),
    }),
    watch: (name, callback) => watch({ kind: "view", name }, callback as (view: AnyView) => void),
    watchRoom: (id, callback, span) => watch({ kind: "room", id, span }, callback as (view: AnyView) => void),
    watchFamily: (id, callback) => watch({ kind: "family", id }, callback as (view: AnyView) => void),
    watchAgreement: (id, callback) => watch({ kind: "agreement", id }, callback as (view: AnyView) => void),
  };
}
