import type { AgreementVersionView } from "@sotto/client";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAgreementSign } from "./language.ts";

/** Says calmly what became of the version before somebody while they were looking at it. */
export function Stale(props: {
  readonly item: AgreementVersionView;
  readonly newest: AgreementVersionView;
  readonly onOpen: () => void;
}) {
  const { item, newest, onOpen } = props;
  const { stale } = useAgreementSign();
  if (item.version.version !== newest.version.version) {
    return (
      <Banner tone="quiet">
        <div className="said-lines">
          <p>{stale.newer}</p>
          <div className="row">
            <Button onPress={onOpen}>{stale.open}</Button>
          </div>
        </div>
      </Banner>
    );
  }
  const { stage } = item;
  if (stage.kind === "suspended") return <Banner tone="quiet">{stale.stopped}</Banner>;
  if (stage.kind !== "void") return null;
  return <Banner tone="quiet">{stage.why === "recalled" ? stale.recalled : stale.stopped}</Banner>;
}
