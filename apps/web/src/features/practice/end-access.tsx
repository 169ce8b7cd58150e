import type { Actions, ClientRefusal } from "@sotto/client";
import type { StaffPerson } from "@sotto/domain";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { practiceWords } from "../../words/practice.ts";
import { sayProblem, words } from "../../words/words.ts";

/** Ends a colleague's account. Who is still in rooms is said first, and ended only when that is wanted even so. */
export function EndAccess(props: {
  readonly actions: Pick<Actions, "endStaff">;
  readonly staff: StaffPerson;
  /** They have asked for it themselves. */
  readonly isAsked: boolean;
}) {
  const { name, person } = props.staff;
  const [asking, setAsking] = useState<"end" | "even-so" | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const isStillIn = problem === "still-in-rooms";
  const said = isStillIn ? null : sayProblem(problem);
  const end = (evenSo: boolean) => {
    setAsking(null);
    attempt(() => props.actions.endStaff({ person, evenSo }));
  };
  return (
    <>
      {said === null ? null : <Banner>{said}</Banner>}
      {isStillIn ? (
        <>
          <Banner>{practiceWords.stillIn(name)}</Banner>
          <div className="row">
            <Button tone="danger" disabled={busy} onPress={() => setAsking("even-so")}>
              {practiceWords.endEvenSo}
            </Button>
          </div>
        </>
      ) : (
        <div className="row">
          <Button
            tone={props.isAsked ? "primary" : "plain"}
            disabled={busy}
            label={practiceWords.endName(name)}
            onPress={() => setAsking("end")}
          >
            {practiceWords.end}
          </Button>
        </div>
      )}
      {asking === null ? null : (
        <Ask
          title={practiceWords.endTitle(name)}
          text={practiceWords.endText(name)}
          yes={asking === "end" ? practiceWords.end : practiceWords.endEvenSo}
          no={words.act.cancel}
          onYes={() => end(asking === "even-so")}
          onNo={() => setAsking(null)}
        />
      )}
    </>
  );
}
