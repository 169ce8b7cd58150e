import type { AgreementVersionView, AgreementView, ClientRefusal, Done } from "@sotto/client";
import type { AgreementVersionId } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { useAgreementSign } from "./language.ts";
import { sayProblem } from "../../words/words.ts";
import type { Reading } from "./part-lines.ts";

/** A version as a file, made on this device. */
export interface Copying {
  readonly saveCopy: (view: AgreementView, version: AgreementVersionId) => Promise<Done>;
  readonly savePdf: (
    view: AgreementView,
    wish: Reading & { readonly version: AgreementVersionId },
  ) => Promise<Done>;
  readonly saveChecker: () => Promise<Done>;
}

/** Whoever has signed something of a version may keep it, also when it holds no more. */
export const mayCopy = ({ signers, stage }: AgreementVersionView): boolean => {
  const mine = signers.find(({ isMe }) => isMe);
  if (mine === undefined || stage.kind === "void") return false;
  return stage.kind !== "open" || mine.signatures.length > 0;
};

/** Somebody's own copy of a version: to read, as a file that proves itself, and the page that checks it. */
export function GetCopy(props: {
  readonly view: AgreementView;
  readonly version: AgreementVersionId;
  readonly reading: Reading;
  readonly copying: Copying;
}) {
  const { copying, reading, version, view } = props;
  const { copy } = useAgreementSign();
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const [isSaved, setSaved] = useState(false);
  const said = sayProblem(problem);
  const get = (save: () => Promise<Done>) => attempt(save, () => setSaved(true));
  return (
    <section className="card stack">
      <h2>{copy.title}</h2>
      <p>{copy.text}</p>
      {said === null ? null : <Banner>{said}</Banner>}
      {isSaved ? <Banner tone="quiet">{copy.saved}</Banner> : null}
      <div className="row">
        <Button disabled={busy} onPress={() => get(() => copying.savePdf(view, { ...reading, version }))}>
          {copy.pdf}
        </Button>
        <Button disabled={busy} onPress={() => get(() => copying.saveCopy(view, version))}>
          {copy.get}
        </Button>
      </div>
      <details className="fold">
        <summary>{copy.how}</summary>
        <p className="quiet">{copy.check}</p>
        <div className="row">
          <Button disabled={busy} onPress={() => get(copying.saveChecker)}>
            {copy.checker}
          </Button>
        </div>
        <p className="quiet">{copy.program}</p>
        <code className="command">{copy.command}</code>
      </details>
    </section>
  );
}
