import type { Actions, ClientRefusal, Reader } from "@sotto/client";
import { useEffect, useState } from "react";
import { Banner, Button } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { familyWords } from "../../words/family.ts";
import { sayProblem, words } from "../../words/words.ts";

/** The digits that two people read to each other, and what they say of it. */
export function CompareKeys(props: {
  readonly actions: Pick<Actions, "compareCode" | "markVerified">;
  readonly reader: Reader;
  readonly onClose: () => void;
}) {
  const { actions, reader } = props;
  const { account, name } = reader;
  const { trust } = words;
  const [code, setCode] = useState<string | null>(null);
  const [said, setSaid] = useState<"same" | "differ" | null>(null);
  const { busy, problem, attempt } = useAttempt<ClientRefusal>();
  useEffect(
    () =>
      attempt(
        () => actions.compareCode(account),
        (found) => setCode(found.code),
      ),
    [account, actions, attempt],
  );
  const confirm = (shown: string) =>
    attempt(
      () => actions.markVerified({ account, code: shown }),
      () => setSaid("same"),
    );
  const wrong = sayProblem(problem);
  return (
    <div className="stack">
      <h3>{trust.compareTitle(name)}</h3>
      {wrong === null ? null : <Banner>{wrong}</Banner>}
      {said === "differ" ? <Banner tone="alarm">{trust.wrong(name)}</Banner> : null}
      {said === "same" ? (
        <Banner tone="quiet">{trust.checked(name)}</Banner>
      ) : (
        <>
          <p>{trust.compareHow(name)}</p>
          {code === null ? null : (
            <ol className="numbers" aria-label={trust.numbers}>
              {code.split(" ").map((group, index) => (
                // The groups stand in their order and may repeat.
                // oxlint-disable-next-line react/no-array-index-key
                <li key={index}>{group}</li>
              ))}
            </ol>
          )}
        </>
      )}
      <div className="row">
        {said === null && code !== null ? (
          <>
            <Button disabled={busy} onPress={() => setSaid("differ")}>
              {trust.differ}
            </Button>
            <Button tone="primary" disabled={busy} onPress={() => confirm(code)}>
              {trust.same}
            </Button>
          </>
        ) : null}
        <Button tone="plain" onPress={props.onClose}>
          {familyWords.hide}
        </Button>
      </div>
    </div>
  );
}
