import { Button, Title } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";

/** An invitation was opened where somebody already uses Sotto. It is not used, and stays open for whom it is meant. */
export function Occupied(props: { readonly onBack: () => void }) {
  return (
    <main className="page door stack">
      <p className="brand">{words.product}</p>
      <Title>{words.join.occupiedTitle}</Title>
      <p>{words.join.occupied}</p>
      <div className="row">
        <Button tone="primary" onPress={props.onBack}>
          {words.join.occupiedBack}
        </Button>
      </div>
    </main>
  );
}
