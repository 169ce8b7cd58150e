import type { SessionView } from "@sotto/client";
import type { EntryId } from "@sotto/domain";
import { MessagesSquare } from "lucide-react";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { Account } from "../features/account/account.tsx";
import { Devices } from "../features/account/devices.tsx";
import { RecoverySheet } from "../features/account/recovery-sheet.tsx";
import { RehearseSheet } from "../features/account/rehearse-sheet.tsx";
import { Reminders } from "../features/account/reminders.tsx";
import { ProveWords } from "../features/enter/prove-words.tsx";
import { FamilyList } from "../features/family/family-list.tsx";
import { EndedRooms } from "../features/room/ended-rooms.tsx";
import { RoomList } from "../features/room/room-list.tsx";
import { roomName } from "../features/room/room-name.ts";
import { SearchScreen } from "../features/search/search.tsx";
import { pushDevice } from "../platform/push-device.ts";
import { words } from "../words/words.ts";
import { Bar, LockButton } from "./bar.tsx";
import { actions, keepPushDevice, makePassphrase, saveCalendarFile, saveSheetPdf, useView } from "./link.ts";
import { Notes } from "./notes.tsx";
import { PageCode } from "./page-code.tsx";
import { FamilyScreen, LeaveScreen, PracticeScreen } from "./people-screens.tsx";
import { NoRooms, RoomScreen, RoomsScreen, SearchLink } from "./room-screens.tsx";
import { ForThisDevice } from "./this-device-screen.tsx";
import { useHiding } from "./use-hiding.ts";
import { goTo, keepPlace, usePath } from "./use-path.ts";

const hideLooks = () => actions.hideLooks();

const Securing = lazy(() =>
  import("../features/account/securing.tsx").then(({ Securing: component }) => ({ default: component })),
);

/** Everything behind sign-in: the bar, the list of rooms beside the screen when it is wide, and the screen itself. */
export function Inside(props: { readonly session: SessionView; readonly isNew: boolean }) {
  const { session } = props;
  const path = usePath();
  const knownRooms = useView("rooms");
  const ended = useView("ended") ?? [];
  const rooms = knownRooms ?? [];
  const families = useView("families");
  const factors = useView("factors") ?? [];
  const preferences = useView("preferences") ?? { undoSeconds: 5 };
  const [found, setFound] = useState<{ readonly room: string; readonly entry: EntryId } | null>(null);
  const devices = useView("devices") ?? [];
  const { keepsNothing } = session;
  useEffect(() => keepPlace(!keepsNothing), [keepsNothing]);
  useHiding(hideLooks);
  const reminders = useView("reminders");
  useEffect(() => {
    // A device that could not say so now says it the next time.
    keepPushDevice().catch(() => undefined);
  }, []);
  const practice = useView("practice");
  const [isSheetOpen, setSheetOpen] = useState(
    !session.sheetProved && (props.isNew || session.lastFactor === "recovery"),
  );
  const [isRehearsing, setRehearsing] = useState(false);
  const [isSecuring, setSecuring] = useState(false);
  if (isSecuring) {
    return (
      <Suspense fallback={<p className="page">{words.starting}</p>}>
        <Securing
          actions={actions}
          address={location.host}
          factors={factors}
          onSavePdf={saveSheetPdf}
          onClose={() => setSecuring(false)}
          lock={<LockButton />}
        />
      </Suspense>
    );
  }
  if (isRehearsing) {
    return (
      <RehearseSheet
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
  if (isSheetOpen) {
    return (
      <RecoverySheet
        actions={actions}
        address={location.host}
        wasSpent={session.lastFactor === "recovery" && !session.sheetProved}
        onSavePdf={saveSheetPdf}
        onProved={() => setSheetOpen(false)}
        onLater={() => setSheetOpen(false)}
        lock={<LockButton />}
      />
    );
  }
  const [, kind = "", id = ""] = path.split("/");
  const isWide = rooms.length > 0 && (kind === "r" || kind === "");
  const screen = (): ReactNode => {
    switch (kind) {
      case "r":
        return (
          <RoomScreen
            id={id}
            found={found?.room === id ? found : null}
            factors={factors}
            hasEnded={ended.some(({ room }) => room === id)}
          />
        );
      case "f":
        return <FamilyScreen id={id} practice={practice} />;
      case "staff":
        if (practice === null) return <p className="page">{words.starting}</p>;
        return <PracticeScreen session={session} practice={practice} />;
      case "leave":
        return <LeaveScreen id={id} rooms={rooms} />;
      case "families":
        if (families === null) return <p className="page">{words.starting}</p>;
        return <FamilyList actions={actions} families={families} onOpen={(family) => goTo(`/f/${family}`)} />;
      case "search":
        return (
          <SearchScreen
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
          <Account
            actions={actions}
            makePassphrase={makePassphrase}
            ProveWords={ProveWords}
            session={session}
            preferences={preferences}
            factors={factors}
            onNewSheet={() => setSheetOpen(true)}
            onDevices={() => goTo("/devices")}
            onStolen={() => setSecuring(true)}
          >
            <Reminders
              actions={actions}
              reminders={reminders}
              device={pushDevice}
              onSave={saveCalendarFile}
            />
            <PageCode />
          </Account>
        );
      case "devices":
        return (
          <Devices actions={actions} devices={devices}>
            <ForThisDevice keepsNothing={keepsNothing} />
          </Devices>
        );
      default:
        if (knownRooms === null) return <p className="page">{words.starting}</p>;
        return (
          <>
            <div className={isWide ? "narrow-only" : ""}>
              <RoomsScreen rooms={rooms} ended={ended}>
                <NoRooms session={session} practice={practice} ended={ended} />
              </RoomsScreen>
            </div>
            {isWide ? (
              <div className="empty wide-only">
                <MessagesSquare aria-hidden="true" size={40} />
                <h2>{words.rooms.choose}</h2>
                <p>{words.rooms.chooseHint}</p>
              </div>
            ) : null}
          </>
        );
    }
  };
  return (
    <div className="shell" data-place={kind} {...(isWide ? { "data-wide": "" } : {})}>
      <Bar path={path} practice={practice} devices={devices} />
      <Notes
        session={session}
        isRoom={kind === "r"}
        devices={devices}
        onSheet={() => setSheetOpen(true)}
        onRehearse={() => setRehearsing(true)}
      />
      <div className="panes">
        {isWide ? (
          <nav className="list" aria-label={words.rooms.title}>
            <SearchLink />
            <RoomList rooms={rooms} current={id} />
            <EndedRooms rooms={ended} />
          </nav>
        ) : null}
        <main key={path}>{screen()}</main>
      </div>
    </div>
  );
}
