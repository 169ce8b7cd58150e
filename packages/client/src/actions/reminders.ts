import { MailAddress, MailCode, PushEndpoint } from "@sotto/contract";
import type { Actions, Done, RemindersView } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { makeId } from "../ids.ts";
import { unlocked } from "./unlocked.ts";

type ReminderActions = Pick<
  Actions,
  | "readReminders"
  | "startMailReminder"
  | "addMailReminder"
  | "addPushReminder"
  | "keepPushReminder"
  | "changeReminder"
  | "removeReminder"
  | "tryReminder"
>;

/** How somebody is reminded. `listed` is told what the server keeps, when it was asked and after each change. */
export function makeReminderActions(
  home: () => Home | null,
  listed: (reminders: RemindersView) => void,
): ReminderActions {
  const list = async (open: Home): Promise<Done> => {
    const answer = await open.call("readReminders");
    if (answer.kind === "refused") return answer;
    listed(answer.value);
    return DONE;
  };
  /** What was answered, and the list as it is now: a refusal may have changed it too. */
  const changing = <Value>(change: (home: Home) => Promise<Done<Value>>): Promise<Done<Value>> =>
    unlocked(home, async (open) => {
      const changed = await change(open);
      await list(open);
      return changed;
    });
  const plainly = (answer: Done<unknown>): Done => (answer.kind === "refused" ? answer : DONE);
  return {
    readReminders: () => unlocked(home, list),
    startMailReminder: (typed) =>
      unlocked(home, async (open) => {
        const address = typed.trim();
        if (!MailAddress.safeParse(address).success) return refused("address-malformed");
        // Whoever only holds the open phone would hear of this account wherever they are.
        if (!open.shownWay.isFresh()) return refused("way-needed");
        return open.call("startMailReminder", { body: { address } });
      }),
    addMailReminder: ({ code: typed, proof, quiet, withLink }) =>
      changing(async (open) => {
        const code = typed.replaceAll(/\s/g, "");
        if (!MailCode.safeParse(code).success) return refused("code-wrong");
        const channel: string = makeId(open.ports.random);
        return plainly(
          await open.call("addMailReminder", { body: { proof, code, channel, withLink, quiet } }),
        );
      }),
    addPushReminder: ({ endpoint, quiet }) =>
      changing(async (open) => {
        if (!PushEndpoint.safeParse(endpoint).success) return refused("push-unknown");
        const channel: string = makeId(open.ports.random);
        return open.call("addPushReminder", { body: { channel, endpoint, quiet } });
      }),
    keepPushReminder: (endpoint) =>
      unlocked(home, (open) => open.call("keepPushReminder", { body: { endpoint } })),
    changeReminder: ({ channel, quiet, withLink }) =>
      changing(async (open) =>
        plainly(await open.call("changeReminder", { params: { channel }, body: { withLink, quiet } })),
      ),
    removeReminder: (channel) =>
      changing(async (open) => plainly(await open.call("removeReminder", { params: { channel } }))),
    tryReminder: (channel) =>
      changing(async (open) => plainly(await open.call("tryReminder", { params: { channel }, body: {} }))),
  };
}
