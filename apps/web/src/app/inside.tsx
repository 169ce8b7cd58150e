import type { SessionView } from "@sotto/client";
import { useState } from "react";
import { Account } from "../features/account/account.tsx";
import { RecoverySheet } from "../features/account/recovery-sheet.tsx";
import { FamilyList } from "../features/family/family-list.tsx";
import { Family } from "../features/family/family.tsx";
import { RoomList } from "../features/room/room-list.tsx";
import { Room } from "../features/room/room.tsx";
import { Banner, Button, Title } from "../ui/parts.tsx";
import { words } from "../words/words.ts";
import { actions, makePassphrase, useFamily, useRoom, useView } from "./link.ts";
import { goTo, usePath } from "./use-path.ts";

function RoomScreen(props: { readonly id: string }) {
  const room = useRoom(props.id);
  const family = useFamily(room?.family ?? null);
  if (room === undefined) return <p className="page">{words.starting}</p>;
  if (room === null)
    return (
      <div className="page stack">
        <Title>{words.product}</Title>
        <p>{words.room.gone}</p>
      </div>
    );
  return <Room key={room.room} actions={actions} room={room} family={family ?? null} />;
}

function FamilyScreen(props: { readonly id: string }) {
  const family = useFamily(props.id);
  if (family === undefined) return <p className="page">{words.starting}</p>;
  if (family === null)
    return (
      <div className="page stack">
        <Title>{words.product}</Title>
        <p>{words.family.gone}</p>
      </div>
    );
  return (
    <Family
      actions={actions}
      family={family}
      rooms={<RoomList rooms={family.rooms} emptyText={words.rooms.empty} />}
      onOpen={(room) => goTo(`/r/${room}`)}
    />
  );
}

/** Everything behind sign-in: the bar, the list of rooms beside the screen when it is wide, and the screen itself. */
export function Inside(props: { readonly session: SessionView }) {
  const path = usePath();
  const rooms = useView("rooms") ?? [];
  const families = useView("families") ?? [];
  const factors = useView("factors") ?? [];
  const alarms = useView("alarms") ?? [];
  const [sheet, setSheet] = useState(!props.session.sheetProved);
  if (sheet) return <RecoverySheet actions={actions} onProved={() => setSheet(false)} />;
  const isStaff = props.session.standing === "practice";
  const [, kind, id = ""] = path.split("/");
  const emptyText = isStaff ? words.rooms.emptyStaff : words.join.waiting;
  const list = <RoomList rooms={rooms} emptyText={emptyText} current={id} />;
  const places = [
    ["/", words.nav.rooms],
    ...(isStaff ? [["/families", words.nav.families]] : []),
    ["/account", words.nav.account],
  ] as const;
  return (
    <div className="shell">
      <header className="bar">
        <nav aria-label={words.nav.main}>
          {places.map(([to = "/", name]) => (
            <a key={to} href={to} {...(to === path ? { "aria-current": "page" as const } : {})}>
              {name}
            </a>
          ))}
        </nav>
        <Button onPress={() => void actions.lock()}>{words.act.lock}</Button>
      </header>
      {props.session.online ? null : <Banner>{words.offline}</Banner>}
      {alarms.map((alarm) => (
        <Banner key={`${alarm.kind} ${alarm.at}`} tone="alarm">
          {words.alarms[alarm.kind]}
        </Banner>
      ))}
      <div className="panes" {...(kind === "r" ? { "data-wide": "" } : {})}>
        <nav className="list aside" aria-label={words.rooms.title}>
          {kind === "r" ? list : null}
        </nav>
        <main key={path}>
          {kind === "r" ? (
            <RoomScreen id={id} />
          ) : kind === "f" ? (
            <FamilyScreen id={id} />
          ) : kind === "families" ? (
            <FamilyList actions={actions} families={families} onOpen={(family) => goTo(`/f/${family}`)} />
          ) : kind === "account" ? (
            <Account
              actions={actions}
              makePassphrase={makePassphrase}
              factors={factors}
              onNewSheet={() => setSheet(true)}
            />
          ) : (
            <div className="page stack">
              <Title>{words.rooms.title}</Title>
              {list}
            </div>
          )}
        </main>
      </div>
    </div>
  );
}
