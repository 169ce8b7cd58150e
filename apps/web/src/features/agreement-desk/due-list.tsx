import type { Actions, AgreementView, ClientRefusal, FamilyView } from "@sotto/client";
import type { PersonId } from "@sotto/domain";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementDesk as said } from "../../words/agreement-desk.ts";
import { sayProblem } from "../../words/words.ts";

/** What opens consent again, and since when. Nothing here is done by itself: it is said, and people decide. */
export function DueList(props: {
  readonly actions: Pick<Actions, "recordLife">;
  readonly view: AgreementView;
  readonly family: FamilyView;
}) {
  const { actions, family, view } = props;
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const problemSaid = sayProblem(problem);
  const nameOf = (person: PersonId): string =>
    family.people.find((one) => one.person.person === person)?.person.name ??
    view.versions[0]?.version.parties.find((party) => party.person === person)?.name ??
    "";
  if (view.phase === "none" || view.phase === "offered") return null;
  return (
    <section className="stack">
      <h2>{said.due}</h2>
      {problemSaid === null ? null : <Banner>{problemSaid}</Banner>}
      {view.due.length === 0 ? <p className="quiet">{said.noDue}</p> : null}
      <ul className="plain-list">
        {view.due.map((one) => (
          <li key={`${one.trigger} ${String(one.from)} ${one.who.join()}`} className="card stack-tight">
            <strong>
              {said.dueLine(
                one.trigger,
                one.who.map(nameOf).filter((name) => name !== ""),
              )}
            </strong>
            <p>
              {said.calls[one.calls]} {one.isApart ? said.apart : ""}
            </p>
            <p className="quiet">
              {one.birthday === null ? said.since(one.from) : said.birthday(one.birthday)}
            </p>
          </li>
        ))}
      </ul>
      {view.due.some(({ calls }) => calls === "talk") ? (
        <div className="row">
          <Button
            disabled={busy}
            onPress={() =>
              attempt(() => actions.recordLife({ family: view.family, event: "talked", concerns: [] }))
            }
          >
            {said.talked}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
