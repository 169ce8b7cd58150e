import workerUrl from "./client.worker.ts?worker&url";
import type { FromWorker, RemoteActions, RemoteClient, ToWorker, Topic } from "./messages.ts";
import { trustOwnScript } from "./trusted-script.ts";

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (fault: Error) => void;
}

/** An action failed in a way that has no sentence of its own; `code` says where. */
export class ClientFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super("the client failed");
    this.code = code;
  }
}

/** Starts the worker and answers the client as the page sees it. */
export function startWorker(): RemoteClient {
  // The policy hands back a TrustedScriptURL where the browser asks for one; the DOM types only know text.
  const worker = new Worker(trustOwnScript(workerUrl) as string, { type: "module" });
  const waiting = new Map<number, Waiting>();
  const watching = new Map<number, (view: never) => void>();
  let lastId = 0;
  const post = (message: ToWorker) => worker.postMessage(message);

  worker.addEventListener("message", (event: MessageEvent<FromWorker>) => {
    const message = event.data;
    switch (message.kind) {
      case "answer":
        waiting.get(message.id)?.resolve(message.value);
        waiting.delete(message.id);
        break;
      case "fault":
        waiting.get(message.id)?.reject(new ClientFault(message.code));
        waiting.delete(message.id);
        break;
      case "view":
        watching.get(message.id)?.(message.view as never);
        break;
      case "passkey":
        void answerPasskey(message, post);
        break;
    }
  });

  const call = (action: string, wish: readonly unknown[]) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      post({ kind: "call", id, action, wish });
    });
  const watchTopic = (topic: Topic, callback: (view: never) => void) => {
    const id = ++lastId;
    watching.set(id, callback);
    post({ kind: "watch", id, topic });
    return () => {
      watching.delete(id);
      post({ kind: "unwatch", id });
    };
  };
  // Each name becomes a call; RemoteActions says which names there are and what they take.
  const actions = new Proxy({}, {
    get: (_target, name) => (...wish: readonly unknown[]) => call(String(name), wish),
  }) as RemoteActions;
  return {
    actions,
    watch: (name, callback) => watchTopic({ kind: "view", name }, callback as (view: never) => void),
    watchRoom: (room, callback) => watchTopic({ kind: "room", room }, callback),
    watchFamily: (family, callback) => watchTopic({ kind: "family", family }, callback),
  };
}

async function answerPasskey(
  message: Extract<FromWorker, { kind: "passkey" }>,
  post: (message: ToWorker) => void,
): Promise<void> {
  const passkeys = await import("./passkeys.ts");
  const ask = message.how === "create" ? passkeys.createPasskey : passkeys.getPasskey;
  const answer = await ask(message.options, message.salt).catch(() => null);
  post({ kind: "passkey-answer", id: message.id, answer });
}
