import { createContext, useContext, useEffect, useState } from "react";
import type { Done, FamilyView, RoomView, Views } from "@sotto/client";
import type { RemoteActions, RemoteClient } from "./messages.ts";
import { ClientFault } from "./worker-link.ts";

const Context = createContext<RemoteClient | null>(null);

/** Hands the client to every screen below. */
export const ClientProvider = Context.Provider;

/** The client. Throws outside of a ClientProvider, which is a bug. */
export function useClient(): RemoteClient {
  const client = useContext(Context);
  if (client === null) throw new ClientFault("no-client");
  return client;
}

export function useActions(): RemoteActions {
  return useClient().actions;
}

/** A view as it stands; null until it is known. */
export function useView<Name extends keyof Views>(name: Name): Views[Name] | null {
  const client = useClient();
  const [view, setView] = useState<Views[Name] | null>(null);
  useEffect(() => client.watch(name, (next) => setView(next)), [client, name]);
  return view;
}

/** A room as it stands; null when it is not here. */
export function useRoom(room: RoomView["room"]): RoomView | null {
  const client = useClient();
  const [view, setView] = useState<RoomView | null>(null);
  useEffect(() => client.watchRoom(room, setView), [client, room]);
  return view;
}

/** A family as it stands; null when it is not here. */
export function useFamily(family: FamilyView["family"]): FamilyView | null {
  const client = useClient();
  const [view, setView] = useState<FamilyView | null>(null);
  useEffect(() => client.watchFamily(family, setView), [client, family]);
  return view;
}

/** Why the last attempt did not succeed. `failed` is a fault, which has no reason a person could act on. */
export type Trouble = Extract<Done, { kind: "refused" }>["refusal"] | "failed";

/** Runs one action at a time; tells whether it runs and what came in the way. */
export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  async function attempt<Value>(run: () => Promise<Done<Value>>, then?: (value: Value) => void) {
    setBusy(true);
    setTrouble(null);
    try {
      const done = await run();
      if (done.kind === "done") then?.(done.value);
      else setTrouble(done.refusal);
    } catch {
      setTrouble("failed");
    } finally {
      setBusy(false);
    }
  }
  return { busy, trouble, attempt };
}
