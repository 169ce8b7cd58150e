import { Suspense, lazy, useEffect } from "react";
import { SignIn } from "../features/enter/sign-in.tsx";
import { arrival } from "../platform/take-fragment.ts";
import { words } from "../words/words.ts";
import { actions, makePassphrase, useView } from "./link.ts";

const Inside = lazy(() => import("./inside.tsx").then(({ Inside: component }) => ({ default: component })));
const SetUp = lazy(() =>
  import("../features/enter/set-up.tsx").then(({ SetUp: component }) => ({ default: component })),
);
const Join = lazy(() =>
  import("../features/enter/join.tsx").then(({ Join: component }) => ({ default: component })),
);

const DOUBLE_PRESS_MS = 600;
const TOUCH_EVERY_MS = 10_000;

/** Escape twice locks; any touch or key tells the idle clock that somebody is there. */
function usePresence(): void {
  useEffect(() => {
    let escapedAt = -Infinity;
    let touchedAt = -Infinity;
    const notice = (event: Event) => {
      if (event.timeStamp - touchedAt > TOUCH_EVERY_MS) {
        touchedAt = event.timeStamp;
        actions.touch();
      }
      if (!(event instanceof KeyboardEvent) || event.key !== "Escape" || event.repeat) return;
      if (event.timeStamp - escapedAt < DOUBLE_PRESS_MS) void actions.lock();
      escapedAt = event.timeStamp;
    };
    addEventListener("keydown", notice, true);
    addEventListener("pointerdown", notice, true);
    return () => {
      removeEventListener("keydown", notice, true);
      removeEventListener("pointerdown", notice, true);
    };
  }, []);
}

/** Which screen it is: in, joining, setting up or signing in. */
export function App() {
  const session = useView("session");
  usePresence();
  const wait = (
    <main className="page">
      <p>{words.starting}</p>
    </main>
  );
  if (session === null || session.state === "starting") return wait;
  return (
    <Suspense fallback={wait}>
      {arrival.kind === "invitation" && session.state !== "unlocked" ? (
        <Join actions={actions} makePassphrase={makePassphrase} fragment={arrival.fragment} />
      ) : session.state === "unlocked" ? (
        <Inside session={session} />
      ) : session.claimed ? (
        <SignIn actions={actions} session={session} />
      ) : (
        <SetUp
          actions={actions}
          makePassphrase={makePassphrase}
          code={arrival.kind === "set-up" ? arrival.code : ""}
        />
      )}
    </Suspense>
  );
}
