import type { Actions, AgreementActions, AgreementView, FamilyView } from "@sotto/client";
import { Button, Title } from "../../ui/parts.tsx";
import { agreementWords } from "../../words/en/agreement.ts";

/** A family's agreement as its therapist watches over it. */
export function AgreementDesk(props: {
  readonly actions: Pick<Actions, keyof AgreementActions>;
  readonly view: AgreementView;
  readonly family: FamilyView;
  readonly onCompose: () => void;
  readonly onSaveFile: (file: {
    readonly name: string;
    readonly bytes: BlobPart;
    readonly type: string;
  }) => void;
}) {
  return (
    <div className="page stack">
      <Title>{agreementWords.title}</Title>
      <Button tone="primary" onPress={props.onCompose}>
        {props.view.familyName}
      </Button>
    </div>
  );
}
