import type { Actions, AgreementView } from "@sotto/client";
import { Banner, Title } from "../../ui/parts.tsx";
import { useAgreementSign } from "./language.ts";
import { Withdraw } from "./withdraw.tsx";

/** For whoever signed and is not asked any more: they read nothing of what came later, and may still take back what they said. */
export function Outside(props: {
  readonly actions: Pick<Actions, "withdrawAgreement">;
  readonly view: AgreementView;
  readonly outside: NonNullable<AgreementView["outside"]>;
  readonly hasWithdrawn: boolean;
  readonly onWithdrawn: () => void;
}) {
  const { actions, outside, view } = props;
  const { outside: said, title, withdraw } = useAgreementSign();
  const isBack = outside.withdrawnAt !== null || props.hasWithdrawn;
  return (
    <div className="stack">
      <div className="stack-tight">
        <Title>{title}</Title>
        <p className="quiet">{view.familyName}</p>
      </div>
      <section className="card stack-tight">
        <p>{said.signed(outside.signedAt)}</p>
        <p>{said.notAsked}</p>
        {isBack ? null : <p>{outside.isClosed ? said.mayHoldClosed : said.mayHold}</p>}
      </section>
      {outside.withdrawnAt === null ? null : <p role="status">{said.takenBack(outside.withdrawnAt)}</p>}
      {outside.withdrawnAt === null && props.hasWithdrawn ? (
        <Banner tone="quiet">{withdraw.sent}</Banner>
      ) : null}
      {isBack ? null : (
        <Withdraw
          actions={actions}
          family={view.family}
          isClosed={outside.isClosed}
          onDone={props.onWithdrawn}
        />
      )}
    </div>
  );
}
