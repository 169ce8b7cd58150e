import type { FactorView, PreferencesView, RemindersView, SessionView } from "@sotto/client";
import { Account } from "../features/account/account.tsx";
import { Reminders } from "../features/account/reminders.tsx";
import { ProveWords } from "../features/enter/prove-words.tsx";
import type { GuardView } from "../platform/guard-messages.ts";
import { pushDevice } from "../platform/push-device.ts";
import { words } from "../words/words.ts";
import { LanguageButton } from "./language-button.tsx";
import { actions, makePassphrase, saveCalendarFile } from "./link.ts";
import { PageCode } from "./page-code.tsx";
import { goTo } from "./use-path.ts";

export function AccountScreen(props: {
  /** As the client has them, but that they ask for a way in where it wants one. */
  readonly actions: typeof actions;
  readonly session: SessionView;
  readonly preferences: PreferencesView;
  readonly factors: readonly FactorView[];
  readonly reminders: RemindersView | null;
  readonly guard: GuardView | null;
  readonly onNewSheet: () => void;
  readonly onStolen: () => void;
}) {
  const { guard, reminders, ...shown } = props;
  const { keepsNothing } = props.session;
  return (
    <Account
      {...shown}
      makePassphrase={makePassphrase}
      ProveWords={ProveWords}
      onDevices={() => goTo("/devices")}
    >
      <div>
        <h2>{words.language.title}</h2>
        {keepsNothing ? null : <p className="quiet">{words.language.hint}</p>}
      </div>
      <div className="row">
        <LanguageButton isKept={!keepsNothing} />
      </div>
      <Reminders
        actions={props.actions}
        reminders={reminders}
        device={pushDevice}
        onSave={saveCalendarFile}
      />
      <PageCode guard={guard} />
    </Account>
  );
}
