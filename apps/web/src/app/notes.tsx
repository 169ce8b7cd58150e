import type { DeviceView, SessionView } from "@sotto/client";
import { SignInAlert } from "../features/account/sign-in-alert.tsx";
import { Banner, Button } from "../ui/parts.tsx";
import type { GuardView } from "../platform/guard-messages.ts";
import { page } from "../words/page.ts";
import { words } from "../words/words.ts";
import { actions, useView } from "./link.ts";
import { goTo } from "./use-path.ts";

/** What must be known before anything else on the screen. */
export function Notes(props: {
  readonly session: SessionView;
  /** A room is for talking: what can wait is said elsewhere. */
  readonly isRoom: boolean;
  readonly devices: readonly DeviceView[];
  readonly guard: GuardView | null;
  readonly onSheet: () => void;
  readonly onRehearse: () => void;
}) {
  const alarms = useView("alarms") ?? [];
  const refused = props.guard?.refused ?? null;
  return (
    <div className="notes no-print">
      {alarms.map((alarm) => (
        <Banner key={`${alarm.kind} ${alarm.at} ${alarm.room ?? ""}`} tone="alarm">
          {words.alarms[alarm.kind]}
        </Banner>
      ))}
      {refused === null || refused.isOver ? null : <Banner tone="alarm">{page.note(refused.why)}</Banner>}
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
