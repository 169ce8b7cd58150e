import type { Actions, Reader } from "@sotto/client";
import { Banner, Button } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";

/** Whose keys changed. Each stays until they are compared, or until the person says that they know. */
export function KeyWarnings(props: {
  readonly actions: Pick<Actions, "understand">;
  readonly warnings: readonly Reader[];
  readonly onCompare: (reader: Reader) => void;
}) {
  const { trust } = words;
  return props.warnings.map((reader) => (
    <Banner key={reader.account} tone="alarm">
      <div className="stack-tight">
        <p>
          <strong>{trust.changed(reader.name)}</strong> {trust.changedWhy(reader.name)}
        </p>
        <div className="row">
          <Button label={trust.compare(reader.name)} onPress={() => props.onCompare(reader)}>
            {trust.compareShort}
          </Button>
          <Button onPress={() => void props.actions.understand(reader.account)}>{trust.understand}</Button>
        </div>
      </div>
    </Banner>
  ));
}
