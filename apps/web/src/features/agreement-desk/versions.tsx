import type { Actions, AgreementVersionView, AgreementView, ClientRefusal } from "@sotto/client";
import type { VersionStage } from "@sotto/domain";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementDesk as said } from "../../words/en/agreement-desk.ts";
import { sayProblem } from "../../words/words.ts";

const stageSaid = (stage: VersionStage): string => {
  const since = "since" in stage ? stage.since : 0;
  const until = "until" in stage ? stage.until : 0;
  return said.stages[stage.kind](since, until);
};

/** All versions, the newest first, each with the copy that proves who signed it. */
export function Versions(props: {
  readonly actions: Pick<Actions, "copyAgreement">;
  readonly view: AgreementView;
  readonly onSaveFile: (file: {
    readonly name: string;
    readonly bytes: BlobPart;
    readonly type: string;
  }) => void;
}) {
  const { actions, view } = props;
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const problemSaid = sayProblem(problem);
  const save = ({ version }: AgreementVersionView["version"], number: number): void =>
    attempt(
      () => actions.copyAgreement({ family: view.family, version }),
      ({ bytes }) =>
        props.onSaveFile({
          name: `agreement-${String(number)}.sotto`,
          bytes,
          type: "application/octet-stream",
        }),
    );
  if (view.versions.length === 0) return null;
  return (
    <section className="stack">
      <h2>{said.versions}</h2>
      <p className="quiet">{said.copyHint}</p>
      {problemSaid === null ? null : <Banner>{problemSaid}</Banner>}
      <ul className="plain-list">
        {view.versions.map(({ stage, version }) => (
          <li key={version.version} className="card row">
            <span className="grow">
              <strong>{said.version(version.number)}</strong>
              <br />
              <span className="quiet">{stageSaid(stage)}</span>
            </span>
            <Button disabled={busy} onPress={() => save(version, version.number)}>
              {said.copy}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
