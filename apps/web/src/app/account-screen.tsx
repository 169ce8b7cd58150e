import type { FactorView, PreferencesView, RemindersView, SessionView } from "@sotto/client";
import { Account } from "../features/account/account.tsx";
import { Reminders } from "../features/account/reminders.tsx";
import { ProveWords } from "../features/enter/prove-words.tsx";
import { pushDevice } from "../platform/push-device.ts";
import { actions, makePassphrase, saveCalendarFile } from "./link.ts";
import { goTo } from "./use-path.ts";

export function AccountScreen(props: {
  readonly session: SessionView;
  readonly preferences: PreferencesView;
  readonly factors: readonly FactorView[];
  readonly reminders: RemindersView | null;
  readonly onNewSheet: () => void;
  readonly onStolen: () => void;
}) {
  const { reminders, ...shown } = props;
  return (
    <Account
      {...shown}
      actions={actions}
      makePassphrase={makePassphrase}
      ProveWords={ProveWords}
      onDevices={() => goTo("/devices")}
    >
      <Reminders actions={actions} reminders={reminders} device={pushDevice} onSave={saveCalendarFile} />
    </Account>
  );
}
