import type { Actions, ClientRefusal, FamilyView } from "@sotto/client";
import { HOLD_REASONS, type HoldReason } from "@sotto/domain";
import { useState } from "react";
import { Ask } from "../../ui/ask.tsx";
import { Banner, Button, Form, Select } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { keepingFamily as said } from "../../words/keeping.ts";
import { sayProblem, words } from "../../words/words.ts";

interface HoldProps {
  readonly actions: Pick<Actions, "setHold">;
  readonly family: FamilyView;
}

/** Puts a family on hold, for a reason from a short list. */
export function HoldForm(props: HoldProps) {
  const { family } = props.family;
  const [reason, setReason] = useState<HoldReason>("court");
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const refusal = sayProblem(problem);
  return (
    <Form onSubmit={() => attempt(() => props.actions.setHold({ family, reason }))}>
      <p className="quiet">{said.holdText}</p>
      <Select
        label={said.holdWhy}
        value={reason}
        options={HOLD_REASONS.map((known) => [known, said.holds[known]] as const)}
        onChange={setReason}
      />
      {refusal === null ? null : <Banner>{refusal}</Banner>}
      <div className="row">
        <Button submit disabled={busy}>
          {said.holdOn}
        </Button>
      </div>
    </Form>
  );
}

/** Says that a family is on hold and why, and lifts it. */
export function Held(props: HoldProps & { readonly reason: HoldReason }) {
  const { family } = props.family;
  const [isLifting, setLifting] = useState(false);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const refusal = sayProblem(problem);
  return (
    <div className="stack-tight">
      <h3>{said.hold}</h3>
      <Banner tone="quiet">{said.holdIs(props.reason)}</Banner>
      {refusal === null ? null : <Banner>{refusal}</Banner>}
      <div className="row">
        <Button disabled={busy} onPress={() => setLifting(true)}>
          {said.holdOff}
        </Button>
      </div>
      {isLifting ? (
        <Ask
          title={said.holdOffTitle}
          text={said.holdOffText}
          yes={said.holdOff}
          no={words.act.cancel}
          onYes={() => {
            setLifting(false);
            attempt(() => props.actions.setHold({ family, reason: null }));
          }}
          onNo={() => setLifting(false)}
        />
      ) : null}
    </div>
  );
}
