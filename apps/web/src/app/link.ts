import type { Actions, AgreementView, FamilyView, RoomSpan, RoomView, Views } from "@sotto/client";
import { startTransition, useEffect, useRef, useState } from "react";
import { finishLeavingBy, isUnfinished, noteFinished } from "../platform/leave-page.ts";
import { pushDevice } from "../platform/push-device.ts";
import { saveFile } from "../platform/save-file.ts";
import { keepSame } from "../platform/keep-same.ts";
import { openWorkerLink } from "../platform/worker-link.ts";
import { words } from "../words/words.ts";

export const link = openWorkerLink({ forgets: isUnfinished() });

finishLeavingBy(() => link.actions.leave());

// What a hurried leaving could not let go of is let go before the client says who is in.
const stopNoting = link.watch("session", ({ state }) => {
  if (state === "starting") return;
  noteFinished();
  queueMicrotask(() => stopNoting());
});

/** The actions as features take them; the one that is not a promise in the client has its own function below. */
export const actions: Omit<Actions, "makePassphrase"> = link.actions;

/** Six words and a sign-in name, made in the worker from a word list that loads when it is wanted. */
export async function makePassphrase(): Promise<{ readonly name: string; readonly words: string }> {
  const { PASSPHRASE_WORDS } = await import("@sotto/content/passphrase-words");
  return link.actions.makePassphrase(PASSPHRASE_WORDS);
}

/** Makes the recovery sheet as a file on this device. What draws it loads when it is wanted. */
export async function saveSheetPdf(code: string): Promise<void> {
  const { makeSheetPdf } = await import("../platform/sheet-pdf.ts");
  const { paperKeep, paperTitle, paperUse } = words.sheet;
  const lines = [paperUse(location.host), paperKeep];
  const bytes = await makeSheetPdf({ title: paperTitle, code, lines });
  saveFile({ name: "sheet.pdf", blob: new Blob([bytes], { type: "application/pdf" }) });
}

export function saveCalendarFile(file: { readonly name: string; readonly text: string }): void {
  saveFile({ name: file.name, blob: new Blob([file.text], { type: "text/calendar" }) });
}

/** Says after coming in that this device is still theirs. One that is not reminded any more, since it was signed out from elsewhere, gives up its place. */
export async function keepPushDevice(): Promise<void> {
  const endpoint = await pushDevice.endpoint();
  if (endpoint === null) return;
  const kept = await actions.keepPushReminder(endpoint);
  if (kept.kind === "refused" && kept.refusal === "not-here") await pushDevice.unsubscribe();
}

/** A view of the client; null until it has spoken. */
export function useView<Name extends keyof Views>(name: Name): Views[Name] | null {
  const [view, setView] = useState<Views[Name] | null>(null);
  // What has not changed stays the same object: the screen then draws nothing of it anew.
  useEffect(() => {
    let told: Views[Name] | null = null;
    return link.watch(name, (next) => {
      const isUrgent = name === "alarms" || (isInside(told) && !isInside(next));
      told = next;
      drawIn(isUrgent ? "now" : "its-time", () => setView((before) => keepSame(before ?? undefined, next)));
    });
  }, [name]);
  return view;
}

/**
 * What comes from the client is drawn between two touches, and somebody who types fast may hold it up for seconds. What people must know before they go on typing,
 * or must not see any more, is drawn now.
 */
function drawIn(time: "now" | "its-time", draw: () => void): void {
  if (time === "now") draw();
  else startTransition(draw);
}

/** Whoever was told to be in and is not any more sees nothing from that moment on. */
const isInside = (view: object | null): boolean =>
  view !== null && "state" in view && view.state === "unlocked";

/** Who would read what is being typed, and what warns of them. */
const isAudienceOther = (before: RoomView, next: RoomView): boolean =>
  before.readers !== next.readers ||
  before.warnings !== next.warnings ||
  before.strangers !== next.strangers ||
  before.readOnly !== next.readOnly;

/** Undefined until the client has spoken; null when there is no such room here. */
export function useRoom(room: string, { from, last }: RoomSpan): RoomView | null | undefined {
  const [view, setView] = useState<RoomView | null>();
  const told = useRef<RoomView | null>(undefined);
  useEffect(
    () =>
      link.watchRoom(
        room,
        (next) => {
          const before = told.current;
          const kept = keepSame(before, next);
          told.current = kept;
          const isHidden = kept === null || kept.secondLook === "hidden";
          const isOther = kept !== null && before != null && isAudienceOther(before, kept);
          drawIn(isHidden || isOther ? "now" : "its-time", () => setView(kept));
        },
        { from, last },
      ),
    [room, from, last],
  );
  return view;
}

/** As `useRoom`; with null for no family nothing is watched. */
export function useFamily(family: string | null): FamilyView | null | undefined {
  const [view, setView] = useState<FamilyView | null>();
  useEffect(
    () =>
      family === null ? undefined : link.watchFamily(family, (next) => startTransition(() => setView(next))),
    [family],
  );
  return view;
}

/** Undefined until the client has spoken; null for whoever has nothing to do with it. */
export function useAgreement(family: string): AgreementView | null | undefined {
  const [view, setView] = useState<AgreementView | null>();
  useEffect(
    () =>
      link.watchAgreement(family, (next) =>
        startTransition(() => setView((before) => keepSame(before ?? undefined, next))),
      ),
    [family],
  );
  return view;
}

/** Hands over a file that was made on this device. */
export function saveBytes(file: {
  readonly name: string;
  readonly bytes: BlobPart;
  readonly type: string;
}): void {
  saveFile({ name: file.name, blob: new Blob([file.bytes], { type: file.type }) });
}

/** The page that checks a copy of an agreement, as a file to keep: it opens without a network. */
export async function saveCheckingPage(): Promise<void> {
  const page = await fetch("/check-agreement.txt");
  if (!page.ok) throw new Error("no page that checks");
  saveBytes({ name: "check-copy.html", bytes: await page.text(), type: "text/html" });
}
