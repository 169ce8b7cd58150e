import type { SessionView } from "@sotto/client";
import type { EntryId } from "@sotto/domain";
import { Suspense, useEffect, useState, type ReactNode } from "react";
import { useWayAgain } from "../features/account/way-again.tsx";
import { AgreementLines } from "../features/agreement/agreement-lines.tsx";
import { EndedRooms } from "../features/room/ended-rooms.tsx";
import { RoomList } from "../features/room/room-list.tsx";
import { roomName } from "../features/room/room-name.ts";
import { useWide } from "../ui/use-wide.ts";
import { words } from "../words/words.ts";
import { Bar, LockButton } from "./bar.tsx";
import { Boundary } from "./boundary.tsx";
import { actions, keepPushDevice, saveSheetPdf, useView } from "./link.ts";
import { Notes } from "./notes.tsx";
import { ChooseRoom, NoRooms, RoomsScreen, SearchLink } from "./rooms-screen.tsx";
import * as screens from "./screens.ts";
import { useGuard } from "./use-guard.ts";
import { useHiding } from "./use-hiding.ts";
import { goTo, keepPlace, usePath } from "./use-path.ts";

const hideLooks = () => actions.hideLooks();

/** Everything behind sign-in: the bar, the list of rooms beside the screen when it is wide, and the screen itself. */
export function Inside(props: { readonly session: SessionView; readonly isNew: boolean }) {
  const { session } = props;
  const path = usePath();
  const knownRooms = useView("rooms");
  const ended = useView("ended") ?? [];
  const rooms = knownRooms ?? [];
  const families = useView("families");
  const agreements = useView("agreements") ?? [];
  const factors = useView("factors") ?? [];
  const { asking, guarded } = useWayAgain(actions, factors);
  const preferences = useView("preferences") ?? { undoSeconds: 5 };
  const [found, setFound] = useState<{ readonly room: string; readonly entry: EntryId } | null>(null);
  const devices = useView("devices") ?? [];
  const { keepsNothing } = session;
  useEffect(() => keepPlace(!keepsNothing), [keepsNothing]);
  useHiding(hideLooks);
  const isWide = useWide();
  useEffect(() => screens.loadScreensLater(), []);
  const reminders = useView("reminders");
  useEffect(() => {
    // A device that could not say so now says it the next time.
    keepPushDevice().catch(() => undefined);
  }, []);
  const practice = useView("practice");
  const guard = useGuard();
  const [isSheetOpen, setSheetOpen] = useState(
    !session.sheetProved && (props.isNew || session.lastFactor === "recovery"),
  );
  const [isRehearsing, setRehearsing] = useState(false);
  const [isSecuring, setSecuring] = useState(false);
  const waiting = <p className="page">{words.starting}</p>;
  const sheet = ((): ReactNode => {
    if (isSecuring) {
      return (
        <screens.Securing
          actions={actions}
          address={location.host}
          factors={factors}
          onSavePdf={saveSheetPdf}
          onClose={() => setSecuring(false)}
          lock={<LockButton />}
        />
      );
    }
    if (isRehearsing) {
      return (
        <screens.RehearseSheet
          actions={actions}
          onDone={() => setRehearsing(false)}
          onLost={() => {
            setRehearsing(false);
            setSheetOpen(true);
          }}
          lock={<LockButton />}
        />
      );
    }
    if (!isSheetOpen) return null;
    return (
      <>
        <screens.RecoverySheet
          actions={guarded}
          address={location.host}
          wasSpent={session.lastFactor === "recovery" && !session.sheetProved}
          onSavePdf={saveSheetPdf}
          onProved={() => setSheetOpen(false)}
          onLater={() => setSheetOpen(false)}
          lock={<LockButton />}
        />
        {asking}
      </>
    );
  })();
  if (sheet !== null) return <Suspense fallback={waiting}>{sheet}</Suspense>;
  const [, kind = "", id = ""] = path.split("/");
  // The place for the list is kept while it is on its way: what is read does not move.
  const hasList = isWide && (knownRooms === null || rooms.length > 0) && (kind === "r" || kind === "");
  const screen = (): ReactNode => {
    switch (kind) {
      case "r":
        return (
          <screens.RoomScreen
            id={id}
            found={found?.room === id ? found : null}
            factors={factors}
            hasEnded={ended.some(({ room }) => room === id)}
          />
        );
      case "f":
        return (
          <screens.FamilyScreen
            id={id}
            practice={practice}
            agreement={agreements.find(({ family }) => family === id)}
          />
        );
      case "a":
        return (
          <screens.AgreementScreen
            id={id}
            isComposing={path.endsWith("/compose")}
            factors={factors}
            practice={practice}
          />
        );
      case "staff":
        if (practice === null) return waiting;
        return <screens.PracticeScreen session={session} practice={practice} />;
      case "leave":
        return <screens.LeaveScreen id={id} rooms={rooms} />;
      case "families":
        if (families === null) return waiting;
        return (
          <screens.FamilyList
            actions={actions}
            families={families}
            onOpen={(family) => goTo(`/f/${family}`)}
          />
        );
      case "search":
        return (
          <screens.SearchScreen
            actions={actions}
            rooms={rooms}
            nameOf={roomName}
            onOpen={(hit) => {
              setFound(hit);
              goTo(`/r/${hit.room}`);
            }}
          />
        );
      case "account":
        return (
          <screens.AccountScreen
            actions={guarded}
            session={session}
            preferences={preferences}
            factors={factors}
            reminders={reminders}
            guard={guard}
            onNewSheet={() => setSheetOpen(true)}
            onStolen={() => setSecuring(true)}
          />
        );
      case "devices":
        return <screens.DevicesScreen devices={devices} session={session} />;
      default:
        if (knownRooms === null) return waiting;
        if (hasList) return <ChooseRoom />;
        return (
          <RoomsScreen rooms={rooms} agreements={agreements} ended={ended}>
            <NoRooms session={session} practice={practice} ended={ended} />
          </RoomsScreen>
        );
    }
  };
  return (
    <div className="shell" data-place={kind} {...(hasList ? { "data-list": "" } : {})}>
      <Bar path={path} session={session} practice={practice} devices={devices} />
      <Notes
        session={session}
        isRoom={kind === "r"}
        devices={devices}
        guard={guard}
        onSheet={() => setSheetOpen(true)}
        onRehearse={() => setRehearsing(true)}
      />
      <div className="panes">
        {hasList ? (
          <nav className="list" aria-label={words.rooms.title}>
            <SearchLink />
            <AgreementLines lines={agreements} />
            <RoomList rooms={rooms} current={id} />
            <EndedRooms rooms={ended} />
          </nav>
        ) : null}
        <main key={path}>
          <Boundary>
            <Suspense fallback={waiting}>{screen()}</Suspense>
          </Boundary>
        </main>
      </div>
      {asking}
    </div>
  );
}
