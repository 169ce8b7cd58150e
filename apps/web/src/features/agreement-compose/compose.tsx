import type { Actions, AgreementActions, AgreementView, FamilyView } from "@sotto/client";
import type { RetentionRule } from "@sotto/domain";
import { Title } from "../../ui/parts.tsx";
import { agreementWords } from "../../words/en/agreement.ts";

/** A therapist composes a version of a family's agreement. */
export function Compose(props: {
  readonly actions: Pick<Actions, keyof AgreementActions>;
  readonly view: AgreementView;
  readonly family: FamilyView;
  /** The practice's rule about how long records are kept; null while it has none. */
  readonly retention: RetentionRule | null;
  readonly onSaveFile: (file: {
    readonly name: string;
    readonly bytes: BlobPart;
    readonly type: string;
  }) => void;
  readonly onDone: () => void;
}) {
  return (
    <div className="page stack">
      <Title>{agreementWords.title}</Title>
      <p>{props.family.name}</p>
    </div>
  );
}
