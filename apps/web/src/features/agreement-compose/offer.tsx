import type { Actions, AgreementView, AgreementWork, ClientRefusal, FamilyView } from "@sotto/client";
import { decidedChoices, requiredSignatures } from "@sotto/domain";
import type { Gap, PersonId } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Check } from "../../ui/parts.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { sayProblem } from "../../words/words.ts";
import { GapList } from "./gap-list.tsx";
import { nameIn } from "./gap-words.ts";

interface Offering {
  readonly actions: Pick<Actions, "offerAgreement">;
  readonly view: AgreementView;
  readonly family: FamilyView;
  readonly work: AgreementWork;
  readonly gaps: readonly Gap[];
  readonly onOffered: () => void;
}

/** Puts the draft before everybody, once nothing blocks it and whoever offers it has looked at what is doubtful. */
export function Offer(props: Offering) {
  const { gaps } = props;
  const [isAsking, setAsking] = useState(false);
  const blocking = gaps.filter(({ weight }) => weight === "blocks").length;
  return (
    <section className="card stack" aria-labelledby="offer-it">
      <div className="stack-tight">
        <h2 id="offer-it">{said.offer.title}</h2>
        <p>{blocking === 0 ? said.offer.hint : said.offer.blocked(blocking)}</p>
      </div>
      <div className="row">
        <Button tone="primary" disabled={blocking > 0} onPress={() => setAsking(true)}>
          {said.offer.go}
        </Button>
      </div>
      {isAsking ? <OfferSheet {...props} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}

function OfferSheet(props: Offering & { readonly onClose: () => void }) {
  const { actions, family, gaps, view, work } = props;
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const [hasLooked, setLooked] = useState(false);
  const doubtful = gaps.filter(({ weight }) => weight === "doubtful");
  const isReplacing = view.versions.some(({ stage }) => stage.kind === "open");
  const isInForce = view.versions.some(({ stage }) => stage.kind === "in-force");
  const refusal = sayProblem(problem);
  const offer = () => attempt(() => actions.offerAgreement({ family: family.family, work }), props.onOffered);
  return (
    <Sheet title={said.offer.askTitle} onClose={props.onClose}>
      <Signers work={work} family={family} />
      <ul>
        <li>{said.offer.holds}</li>
        {isReplacing ? <li>{said.offer.replaces}</li> : null}
        {isInForce ? <li>{said.offer.goesOn}</li> : null}
        <li>{said.offer.later}</li>
      </ul>
      {doubtful.length === 0 ? null : (
        <>
          <details className="fold">
            <summary>{said.offer.doubts}</summary>
            <GapList gaps={doubtful} work={work} family={family} />
          </details>
          <Check label={said.offer.looked(doubtful.length)} checked={hasLooked} onChange={setLooked} />
        </>
      )}
      {refusal === null ? null : <Banner>{refusal}</Banner>}
      <div className="row">
        <Button onPress={props.onClose}>{said.offer.notNow}</Button>
        <Button tone="primary" disabled={busy || (doubtful.length > 0 && !hasLooked)} onPress={offer}>
          {said.offer.go}
        </Button>
      </div>
    </Sheet>
  );
}

/** Who is asked to sign, each once, with all that they sign as. */
function Signers(props: { readonly work: AgreementWork; readonly family: FamilyView }) {
  const { family, work } = props;
  const choices = decidedChoices(work.choices);
  if (choices === null) return null;
  const required = requiredSignatures({ choices, parties: work.parties });
  const nameOf = (person: PersonId): string => nameIn(work, family, person);
  const people = [...new Set(required.map(({ person }) => person))];
  return (
    <div className="stack-tight">
      <h3>{said.offer.asked}</h3>
      <ul>
        {people.map((person) => {
          const as = required
            .filter((one) => one.person === person)
            .map((one) => said.capacities[one.as](nameOf(one.of)));
          return <li key={person}>{said.offer.signs(nameOf(person), as)}</li>;
        })}
      </ul>
    </div>
  );
}
