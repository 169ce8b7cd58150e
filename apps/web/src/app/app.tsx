import { Suspense, lazy, useEffect, useState, useSyncExternalStore } from "react";
import { SignIn } from "../features/enter/sign-in.tsx";
import { leaveEverywhere } from "../platform/leave-page.ts";
import { currentArrival, forgetArrival, watchArrival } from "../platform/take-fragment.ts";
import { LeaveButton, LeaveProvider } from "../ui/leave.tsx";
import { watchWords, wordChanges, words } from "../words/words.ts";
import { Boundary } from "./boundary.tsx";
import { LanguageButton } from "./language-button.tsx";
import { keepPlace } from "./use-path.ts";
import { actions, makePassphrase, useView } from "./link.ts";

const loadInside = () => import("./inside.tsx");
const Inside = lazy(() => loadInside().then(({ Inside: component }) => ({ default: component })));
const SetUp = lazy(() =>
  import("../features/enter/set-up.tsx").then(({ SetUp: component }) => ({ default: component })),
);
const Join = lazy(() =>
  import("../features/enter/join.tsx").then(({ Join: component }) => ({ default: component })),
);

const Occupied = lazy(() =>
  import("../features/enter/occupied.tsx").then(({ Occupied: component }) => ({ default: component })),
);

const TOUCH_EVERY_MS = 10_000;

/** Two Escapes within this time leave. */
const TWICE_WITHIN_MS = 1_000;

const isEscape = (event: Event) =>
  event instanceof KeyboardEvent && event.key === "Escape" && !event.isComposing && !event.repeat;

/** Escape closes an open dialog or menu first. */
const isLockKey = (event: Event) =>
  isEscape(event) &&
  !(event.target instanceof HTMLSelectElement) &&
  document.querySelector("dialog[open], [role=menu]") === null;

/** Escape locks, twice leaves; any touch or key tells the idle clock that somebody is there. */
function usePresence(): void {
  useEffect(() => {
    let touchedAt = -Infinity;
    let escapedAt = -Infinity;
    const notice = (event: Event) => {
      if (isEscape(event)) {
        if (event.timeStamp - escapedAt < TWICE_WITHIN_MS) return leaveEverywhere();
        escapedAt = event.timeStamp;
      }
      if (isLockKey(event)) void actions.lock();
      if (event.timeStamp - touchedAt <= TOUCH_EVERY_MS) return;
      touchedAt = event.timeStamp;
      actions.touch();
    };
    // After a sleep the timers have stood still: whoever was away too long is locked out before they look.
    const comeBack = () => {
      if (document.visibilityState === "visible") actions.touch();
    };
    const signs = ["keydown", "pointerdown", "input", "wheel", "focusin"];
    const returns = ["visibilitychange", "pageshow", "focus"];
    for (const sign of signs) addEventListener(sign, notice, true);
    for (const sign of returns) addEventListener(sign, comeBack);
    return () => {
      for (const sign of signs) removeEventListener(sign, notice, true);
      for (const sign of returns) removeEventListener(sign, comeBack);
    };
  }, []);
}

/** Every screen, and the way to leave it at once. */
export function App() {
  // All is drawn anew, and what somebody is typing stays, when another language or another name is chosen.
  useSyncExternalStore(watchWords, wordChanges);
  const { label, text } = words.exit;
  return (
    <LeaveProvider value={{ text, label, onLeave: leaveEverywhere }}>
      <Screens />
      <LeaveButton place="edge" />
    </LeaveProvider>
  );
}

/** Which screen it is: in, joining, setting up or signing in. */
function Screens() {
  const session = useView("session");
  const came = useSyncExternalStore(watchArrival, currentArrival);
  usePresence();
  const state = session?.state ?? "starting";
  const fragment = came.kind === "invitation" ? came.fragment : null;
  const [joining, setJoining] = useState<string | null>(null);
  if (fragment !== null && state === "signed-out" && joining !== fragment) setJoining(fragment);
  // Whoever has just come in for the first time is asked for a recovery sheet before anything else.
  const [isNew, setNew] = useState(false);
  const isEntering = state === "signed-out" && (fragment !== null || session?.claimed === false);
  if (isEntering && !isNew) setNew(true);
  if (state === "locked" && isNew) setNew(false);
  // Whoever came in by a link has used it up: after locking they sign in.
  const isUsed =
    state === "unlocked" && (came.kind === "set-up" || (fragment !== null && joining === fragment));
  // Whoever is in and meets a further link has been asked already.
  if (isNew && state === "unlocked" && fragment !== null && !isUsed) setNew(false);
  useEffect(() => {
    if (isUsed) forgetArrival();
  }, [isUsed]);
  // Where nobody is known, no tab knows where they were.
  useEffect(() => {
    if (state === "signed-out") keepPlace(false);
  }, [state]);
  // Somebody who is known here is inside next: that comes while they sign in, or while the client opens what they have.
  const isKnown = session?.state === "starting" || session?.state === "locked";
  useEffect(() => {
    if (isKnown) void loadInside().catch(() => null);
  }, [isKnown]);
  const wait = (
    <main className="page">
      <p>{words.starting}</p>
    </main>
  );
  if (session === null || state === "starting") return wait;
  const isInside = state === "unlocked" && (fragment === null || isUsed);
  return (
    <Boundary>
      {isInside ? null : (
        <header className="language">
          <LanguageButton isKept tone="plain" />
        </header>
      )}
      <Suspense fallback={wait}>{screen()}</Suspense>
    </Boundary>
  );

  function screen() {
    if (session === null) return wait;
    if (fragment !== null && !isUsed) {
      return state === "signed-out" ? (
        <Join
          key={fragment}
          actions={actions}
          makePassphrase={makePassphrase}
          fragment={fragment}
          onSignIn={forgetArrival}
        />
      ) : (
        <Occupied actions={actions} mayBeginAnew={state === "locked"} onBack={forgetArrival} />
      );
    }
    if (state === "unlocked") return <Inside session={session} isNew={isNew} />;
    if (session.claimed && came.kind !== "set-up") return <SignIn actions={actions} session={session} />;
    const code = came.kind === "set-up" ? came.code : "";
    return <SetUp key={code} actions={actions} makePassphrase={makePassphrase} code={code} />;
  }
}
