import type { DeviceView, PracticeView, SessionView } from "@sotto/client";
import { Building2, CircleUser, House, Lock, MessagesSquare, MonitorSmartphone } from "lucide-react";
import { Button } from "../ui/parts.tsx";
import { practiceWords } from "../words/practice.ts";
import { words } from "../words/words.ts";
import { actions } from "./link.ts";

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

/** Locks from wherever one is. */
export function LockButton() {
  return (
    <Button label={words.act.lockTitle} onPress={() => void actions.lock()}>
      <Lock aria-hidden="true" size={18} />
      {words.act.lock}
    </Button>
  );
}

/** Where one can go, in one tap from every screen. */
export function Bar(props: {
  readonly path: string;
  readonly session: SessionView;
  readonly practice: PracticeView | null;
  readonly devices: readonly DeviceView[];
}) {
  const { practice } = props;
  const { inStep, joining, online, standing } = props.session;
  // Which places staff have comes a moment after they are in: until then the bar shows none, so that none moves from under a finger.
  const isComing = standing === "practice" && practice === null && !inStep && (joining || online);
  const places = [
    { to: "/", name: words.nav.rooms, Mark: MessagesSquare },
    ...(practice?.myRole === "therapist" ? [{ to: "/families", name: words.nav.families, Mark: House }] : []),
    ...(practice === null ? [] : [{ to: "/staff", name: practiceWords.nav, Mark: Building2 }]),
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
      <nav
        key={isComing ? "coming" : "here"}
        className="tabs"
        aria-label={words.nav.main}
        {...(isComing ? { "data-coming": "" } : {})}
      >
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
