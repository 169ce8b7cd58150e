import type {
  AgreementLineView,
  EndedRoomView,
  PracticeView,
  RoomLineView,
  SessionView,
} from "@sotto/client";
import { MessagesSquare, Search } from "lucide-react";
import type { ReactNode } from "react";
import { AgreementLines } from "../features/agreement/agreement-lines.tsx";
import { EndedRooms } from "../features/room/ended-rooms.tsx";
import { RoomList } from "../features/room/room-list.tsx";
import { Button, Title } from "../ui/parts.tsx";
import { practiceWords } from "../words/practice.ts";
import { words } from "../words/words.ts";
import { useInStep } from "./gone.tsx";
import { goTo } from "./use-path.ts";

export function SearchLink() {
  return (
    <a className="button search-open" href="/search">
      <Search aria-hidden="true" size={20} />
      {words.search.open}
    </a>
  );
}

/** What stands where rooms would be: whoever has been in one and is in none has left, or was taken out. */
export function NoRooms(props: {
  readonly session: SessionView;
  readonly practice: PracticeView | null;
  readonly ended: readonly EndedRoomView[];
}) {
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
  if (props.ended.length > 0) {
    return (
      <>
        <Title>{words.ended.allTitle}</Title>
        <p>{words.ended.all}</p>
        <EndedRooms rooms={props.ended} />
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
      <p>{session.standing === "practice" ? practiceWords.waiting : words.join.waiting}</p>
    </>
  );
}

/** What stands beside the list of rooms until one is chosen. The focus stays before the list, which comes first. */
export function ChooseRoom() {
  return (
    <div className="empty">
      <MessagesSquare aria-hidden="true" size={40} />
      <h1>{words.rooms.choose}</h1>
      <p>{words.rooms.chooseHint}</p>
    </div>
  );
}

/** The list of rooms as a screen of its own on a phone, or what to do next when there is none. */
export function RoomsScreen(props: {
  readonly rooms: readonly RoomLineView[];
  readonly agreements: readonly AgreementLineView[];
  readonly ended: readonly EndedRoomView[];
  readonly children: ReactNode;
}) {
  const isInStep = useInStep();
  if (props.rooms.length > 0) {
    return (
      <div className="page stack">
        <Title>{words.rooms.title}</Title>
        <SearchLink />
        <AgreementLines lines={props.agreements} />
        <RoomList rooms={props.rooms} />
        <EndedRooms rooms={props.ended} />
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
