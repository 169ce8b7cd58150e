import type { AgreementView, AgreementVersionView } from "@sotto/client";
import { Button, Title } from "../../ui/parts.tsx";
import { useAgreementSign } from "./language.ts";
import { Changes } from "./changes.tsx";
import { GetCopy, mayCopy, type Copying } from "./get-copy.tsx";
import type { Reading } from "./part-lines.ts";
import { Standing } from "./standing.tsx";

/** A version of before: how it stands, what was new in it, its words and a copy of it. Nothing is done to it any more. */
export function Earlier(props: {
  readonly view: AgreementView;
  readonly item: AgreementVersionView;
  readonly before: AgreementVersionView | null;
  readonly reading: Reading;
  readonly onRead: () => void;
  readonly copying: Copying;
}) {
  const { before, item, reading, view } = props;
  const { number, version } = item.version;
  const said = useAgreementSign();
  return (
    <div className="stack">
      <Title>{said.version(number)}</Title>
      <Standing view={view} item={item} isNamed />
      <div className="row">
        <Button onPress={props.onRead}>{said.start.read}</Button>
      </div>
      {before === null ? null : <Changes view={view} before={before} after={item} reading={reading} />}
      {mayCopy(item) ? (
        <GetCopy view={view} version={version} reading={reading} copying={props.copying} />
      ) : null}
    </div>
  );
}
