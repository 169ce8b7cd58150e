import type { Actions, AgreementVersionView, ClientRefusal } from "@sotto/client";
import type { AgreementVersionId, FamilyId } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementSign } from "../../words/en/agreement-sign.ts";
import { sayProblem } from "../../words/words.ts";

/** A file to hand over, made on this device. */
export type SaveFile = (file: {
  readonly name: string;
  readonly bytes: BlobPart;
  readonly type: string;
}) => void;

/** Whoever has signed something of a version may keep it, also when it holds no more. */
export const mayCopy = ({ signers, stage }: AgreementVersionView): boolean => {
  const mine = signers.find(({ isMe }) => isMe);
  if (mine === undefined || stage.kind === "void") return false;
  return stage.kind !== "open" || mine.signatures.length > 0;
};

/** Somebody's own copy of a version: a file that proves itself. */
export function GetCopy(props: {
  readonly actions: Pick<Actions, "copyAgreement">;
  readonly family: FamilyId;
  readonly version: AgreementVersionId;
  readonly onSaveFile: SaveFile;
}) {
  const { actions, family, onSaveFile, version } = props;
  const { copy } = agreementSign;
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  const [isSaved, setSaved] = useState(false);
  const said = sayProblem(problem);
  const get = () =>
    attempt(
      () => actions.copyAgreement({ family, version }),
      (bytes) => {
        onSaveFile({ name: "agreement.sotto", bytes, type: "application/octet-stream" });
        setSaved(true);
      },
    );
  return (
    <section className="card stack">
      <h2>{copy.title}</h2>
      <p>{copy.text}</p>
      {said === null ? null : <Banner>{said}</Banner>}
      {isSaved ? <Banner tone="quiet">{copy.saved}</Banner> : null}
      <div className="row">
        <Button disabled={busy} onPress={get}>
          {copy.get}
        </Button>
      </div>
      <p className="quiet">{copy.check}</p>
      <code className="command">{copy.command}</code>
    </section>
  );
}
