import type { Actions, Reader } from "@sotto/client";
import { Banner, Button } from "../../ui/parts.tsx";
import { words } from "../../words/words.ts";

/** Whose keys changed, and whom nobody known let in. Each stays until they are compared, or until the person says that they know. */
export function KeyWarnings(props: {
  readonly actions: Pick<Actions, "understand">;
  readonly warnings: readonly Reader[];
  readonly strangers: readonly Reader[];
  readonly onCompare: (reader: Reader) => void;
}) {
  const { trust } = words;
  const changed = props.warnings.map((reader) => ({
    reader,
    what: trust.changed(reader.name),
    why: trust.changedWhy(reader.name),
  }));
  const unknown = props.strangers.map((reader) => ({
    reader,
    what: trust.stranger(reader.name),
    why: trust.strangerWhy(reader.name),
  }));
  return [...changed, ...unknown].map(({ reader, what, why }) => (
    <Banner key={`${reader.account} ${what}`} tone="alarm">
      <div className="stack-tight">
        <p>
          <strong>{what}</strong> {why}
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
