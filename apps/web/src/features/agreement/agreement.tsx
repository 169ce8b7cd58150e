import type { Actions, AgreementActions, AgreementView, FactorView } from "@sotto/client";
import { Title } from "../../ui/parts.tsx";
import { agreementWords } from "../../words/en/agreement.ts";

/** A file to hand over, made on this device. */
type SaveFile = (file: { readonly name: string; readonly bytes: BlobPart; readonly type: string }) => void;

/** A family's agreement as one of its members reads, asks about, understands and signs it. */
export function Agreement(props: {
  readonly actions: Pick<Actions, keyof AgreementActions | "showWay">;
  readonly view: AgreementView;
  readonly factors: readonly FactorView[];
  readonly onSaveFile: SaveFile;
}) {
  return (
    <div className="page stack">
      <Title>{agreementWords.title}</Title>
      <p>{props.view.familyName}</p>
    </div>
  );
}
