import type { DeviceView, FactorView, PracticeView, RoomLineView, SessionView, Views } from "@sotto/client";
import type { EntryId, FamilyId } from "@sotto/domain";
import { Building2, CircleUser, House, Lock, MessagesSquare, MonitorSmartphone, Search } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { Account } from "../features/account/account.tsx";
import { Devices } from "../features/account/devices.tsx";
import { SignInAlert } from "../features/account/sign-in-alert.tsx";
import { ThisDevice } from "../features/account/this-device.tsx";
import { RecoverySheet } from "../features/account/recovery-sheet.tsx";
import { Reminders } from "../features/account/reminders.tsx";
import { RehearseSheet } from "../features/account/rehearse-sheet.tsx";
import { ProveWords } from "../features/enter/prove-words.tsx";
import { FamilyList } from "../features/family/family-list.tsx";
import { Family } from "../features/family/family.tsx";
import { InvitationCard } from "../features/family/invitation-card.tsx";
import { Leave } from "../features/family/leave.tsx";
import { LeavePractice } from "../features/practice/leave-practice.tsx";
import { Practice } from "../features/practice/practice.tsx";
import { RoomList } from "../features/room/room-list.tsx";
import { roomName } from "../features/room/room-name.ts";
import { FileDeskContext } from "../features/room/file-desk.ts";
import { Room } from "../features/room/room.tsx";
import { SearchScreen } from "../features/search/search.tsx";
import { SecondLook } from "../features/room/second-look.tsx";
import { chooseLook, currentLook, LOOK_NAMES } from "../platform/app-look.ts";
import { forgetPage } from "../platform/forget-page.ts";
import { awayAddress, leaveEverywhere, setAwayAddress } from "../platform/leave-page.ts";
import { parseAway } from "../platform/parse-away.ts";
import { Banner, Button, Title } from "../ui/parts.tsx";
import { words } from "../words/words.ts";
import { pushDevice } from "../platform/push-device.ts";
import { fileTools } from "./file-tools.ts";
import {
  actions,
  keepPushDevice,
  makePassphrase,
  saveCalendarFile,
  saveSheetPdf,
  useFamily,
  useRoom,
  useView,
} from "./link.ts";
import { useHiding } from "./use-hiding.ts";
import { goTo, keepPlace, usePath } from "./use-path.ts";

const hideLooks = () => actions.hideLooks();

const Securing = lazy(() =>
  import("../features/account/securing.tsx").then(({ Securing: component }) => ({ default: component })),
);

function Gone(props: { readonly text: string }) {
  const isInStep = useInStep();
  if (!isInStep) return <p className="page">{words.starting}</p>;
  return (
    <div className="page stack">
      <Title>{words.product}</Title>
      <p>{props.text}</p>
      <div className="row">
        <Button onPress={() => goTo("/")}>{words.act.toRooms}</Button>
      </div>
    </div>
  );
}

/** Whether what is not shown is not there: before the rooms have been read it may still come. */
function useInStep(): boolean {
  return useView("session")?.inStep === true;
}

const LINES_AT_ONCE = 120;
const NO_TRANSFERS: Views["transfers"] = [];

function RoomScreen(props: {
  readonly id: string;
  readonly found: { readonly entry: EntryId } | null;
  readonly factors: readonly FactorView[];
}) {
  const [target, setTarget] = useState(props.found);
  const [last, setLast] = useState(LINES_AT_ONCE);
  const room = useRoom(props.id, { last, from: target?.entry ?? null });
  const go = useCallback((entry: EntryId) => setTarget({ entry }), []);
  const showEarlier = useCallback(() => setLast((count) => count + LINES_AT_ONCE), []);
  const family = useFamily(room?.family ?? null);
  const transfers = useView("transfers") ?? NO_TRANSFERS;
  const desk = useMemo(() => ({ actions, tools: fileTools, transfers }), [transfers]);
  if (room === undefined) return <p className="page">{words.starting}</p>;
  if (room === null) return <Gone text={words.room.gone} />;
  if (room.secondLook === "hidden") {
    return <SecondLook key={room.room} actions={actions} room={room.room} factors={props.factors} />;
  }
  return (
    <FileDeskContext value={desk}>
      <Room
        key={room.room}
        actions={actions}
        room={room}
        family={family ?? null}
        target={target}
        onGo={go}
        onEarlier={showEarlier}
      />
    </FileDeskContext>
  );
}

function FamilyScreen(props: { readonly id: string; readonly practice: PracticeView | null }) {
  const family = useFamily(props.id);
  if (family === undefined) return <p className="page">{words.starting}</p>;
  if (family === null) return <Gone text={words.family.gone} />;
  return (
    <Family
      actions={actions}
      family={family}
      rooms={<RoomList rooms={family.rooms} />}
      colleagues={(props.practice?.people ?? []).filter(({ isMe }) => !isMe)}
      nameOf={roomName}
      onOpen={(room) => goTo(`/r/${room}`)}
    />
  );
}

function SearchLink() {
  return (
    <a className="button search-open" href="/search">
      <Search aria-hidden="true" size={20} />
      {words.search.open}
    </a>
  );
}

function PracticeScreen(props: { readonly session: SessionView; readonly practice: PracticeView }) {
  const { practice, session } = props;
  return (
    <Practice actions={actions} practice={practice} name={session.practiceName} Invitation={InvitationCard}>
      <LeavePractice actions={actions} practice={practice} />
    </Practice>
  );
}

function LeaveScreen(props: { readonly id: string; readonly rooms: readonly RoomLineView[] }) {
  const rooms = props.rooms.filter(({ family }) => family === props.id);
  return (
    <Leave
      actions={actions}
      // The id comes from this client's own views; an unknown one has no rooms, and nothing is asked for it.
      family={props.id as FamilyId}
      rooms={rooms}
      list={<RoomList rooms={rooms} />}
      isUnderWay={rooms.some(({ readOnly }) => readOnly === "leaving")}
      onBack={() => goTo("/")}
    />
  );
}

/** What stands where rooms would be: whoever has been in one and is in none has left, or was taken out. */
function NoRooms(props: { readonly session: SessionView; readonly practice: PracticeView | null }) {
  const { practice, session } = props;
  if (practice?.myRole === "therapist" && practice.isLetIn) {
    return (
      <>
        <Title>{words.rooms.title}</Title>
        <p>{words.rooms.emptyStaff}</p>
        <Button tone="primary" onPress={() => goTo("/families")}>
          {words.rooms.startFamily}
        </Button>
      </>
    );
  }
  if (session.hasBeenInRooms) {
    return (
      <>
        <Title>{words.leaving.outTitle}</Title>
        <p>{words.leaving.out}</p>
      </>
    );
  }
  return (
    <>
      <Title>{words.join.waitingTitle}</Title>
      <p>{session.standing === "practice" ? words.practice.waiting : words.join.waiting}</p>
    </>
  );
}

/** The list of rooms as a screen of its own on a phone, or what to do next when there is none. */
function RoomsScreen(props: { readonly rooms: readonly RoomLineView[]; readonly children: ReactNode }) {
  const isInStep = useInStep();
  if (props.rooms.length > 0) {
    return (
      <div className="page stack">
        <Title>{words.rooms.title}</Title>
        <SearchLink />
        <RoomList rooms={props.rooms} />
      </div>
    );
  }
  if (!isInStep) return <p className="page">{words.starting}</p>;
  return (
    <div className="page">
      <div className="empty">
        <MessagesSquare aria-hidden="true" size={40} />
        {props.children}
      </div>
    </div>
  );
}

/** What can be chosen for this device. Nothing of it is told to anybody. */
function ForThisDevice(props: { readonly keepsNothing: boolean }) {
  const [away, setAway] = useState(awayAddress);
  return (
    <ThisDevice
      actions={actions}
      keepsNothing={props.keepsNothing}
      away={away}
      onAway={(typed) => {
        const address = typed.trim() === "" ? "" : parseAway(typed, location.origin);
        if (address === null) return false;
        setAwayAddress(address);
        setAway(address);
        return true;
      }}
      onLeave={leaveEverywhere}
      look={currentLook()}
      lookNames={LOOK_NAMES}
      onLook={chooseLook}
      onForgotten={forgetPage}
    />
  );
}

/** In one tap from every screen: who is signed in as this person. */
function DevicesLink(props: { readonly devices: readonly DeviceView[]; readonly isHere: boolean }) {
  const count = props.devices.filter(({ isOpen }) => isOpen).length;
  return (
    <a
      className="button"
      data-plain=""
      href="/devices"
      aria-label={words.devices.count(Math.max(1, count))}
      {...(props.isHere ? { "aria-current": "page" as const } : {})}
    >
      <MonitorSmartphone aria-hidden="true" size={20} />
      {count > 1 ? count : null}
    </a>
  );
}

function LockButton() {
  return (
    <Button label={words.act.lockTitle} onPress={() => void actions.lock()}>
      <Lock aria-hidden="true" size={18} />
      {words.act.lock}
    </Button>
  );
}

function Bar(props: {
  readonly path: string;
  readonly practice: PracticeView | null;
  readonly devices: readonly DeviceView[];
}) {
  const { practice } = props;
  const places = [
    { to: "/", name: words.nav.rooms, Mark: MessagesSquare },
    ...(practice?.myRole === "therapist" ? [{ to: "/families", name: words.nav.families, Mark: House }] : []),
    ...(practice === null ? [] : [{ to: "/staff", name: words.practice.nav, Mark: Building2 }]),
    { to: "/account", name: words.nav.account, Mark: CircleUser },
  ];
  const isHere = (to: string) =>
    to === "/"
      ? ["", "r", "search"].includes(props.path.split("/")[1] ?? "")
      : props.path === to || (to === "/families" && props.path.startsWith("/f/"));
  return (
    <header className="bar">
      <a className="brand" href="/">
        {words.product}
      </a>
      <nav className="tabs" aria-label={words.nav.main}>
        {places.map(({ to, name, Mark }) => (
          <a key={to} href={to} {...(isHere(to) ? { "aria-current": "page" as const } : {})}>
            <Mark aria-hidden="true" size={22} />
            {name}
          </a>
        ))}
      </nav>
      <DevicesLink devices={props.devices} isHere={props.path === "/devices"} />
      <LockButton />
    </header>
  );
}

/** What must be known before anything else on the screen. */
function Notes(props: {
  readonly session: SessionView;
  /** A room is for talking: what can wait is said elsewhere. */
  readonly isRoom: boolean;
  readonly devices: readonly DeviceView[];
  readonly onSheet: () => void;
  readonly onRehearse: () => void;
}) {
  const alarms = useView("alarms") ?? [];
  return (
    <div className="notes no-print">
      {alarms.map((alarm) => (
        <Banner key={`${alarm.kind} ${alarm.at} ${alarm.room ?? ""}`} tone="alarm">
          {words.alarms[alarm.kind]}
        </Banner>
      ))}
      <SignInAlert actions={actions} devices={props.devices} onWays={() => goTo("/account")} />
      {props.session.keepsNothing && !props.isRoom ? <Banner tone="quiet">{words.shared.on}</Banner> : null}
      {props.session.online || props.session.joining ? null : <Banner tone="quiet">{words.offline}</Banner>}
      {props.session.sheetProved || props.isRoom ? null : (
        <Banner tone="quiet">
          {words.sheet.missing}{" "}
          <Button tone="plain" onPress={props.onSheet}>
            {words.sheet.make}
          </Button>
        </Banner>
      )}
      {props.session.sheetDue && !props.isRoom ? (
        <Banner tone="quiet">
          <p>
            <strong>{words.loss.dueTitle}</strong> {words.loss.due}
          </p>
          <div className="row">
            <Button onPress={() => void actions.rehearseLater()}>{words.loss.dueLater}</Button>
            <Button tone="primary" onPress={props.onRehearse}>
              {words.loss.dueGo}
            </Button>
          </div>
        </Banner>
      ) : null}
    </div>
  );
}

/** Everything behind sign-in: the bar, the list of rooms beside the screen when it is wide, and the screen itself. */
export function Inside(props: { readonly session: SessionView; readonly isNew: boolean }) {
  const { session } = props;
  const path = usePath();
  const knownRooms = useView("rooms");
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
        return <RoomScreen id={id} found={found?.room === id ? found : null} factors={factors} />;
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
              <RoomsScreen rooms={rooms}>
                <NoRooms session={session} practice={practice} />
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
          </nav>
        ) : null}
        <main key={path}>{screen()}</main>
      </div>
    </div>
  );
}
