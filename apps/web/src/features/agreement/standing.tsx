import type { AgreementView, AgreementVersionView, SignerView } from "@sotto/client";
import type { AgreementSignWords } from "../../words/en/agreement-sign.ts";
import { useAgreementSign } from "./language.ts";

type Words = AgreementSignWords["standing"];

interface Said {
  readonly title: string;
  readonly lines: readonly string[];
}

/** How a version stands for this person, and who has signed it. `isNamed`: its number stands above it already. */
export function Standing(props: {
  readonly view: AgreementView;
  readonly item: AgreementVersionView;
  readonly isNamed?: boolean;
}) {
  const { item, view } = props;
  const { standing, version } = useAgreementSign();
  const { lines, title } = standingOf(standing, view, item);
  return (
    <section className="card stack" data-stage={item.stage.kind}>
      {/* What changes while somebody looks at it is read out. */}
      <div role="status" className="said-lines">
        <h2>{title}</h2>
        {props.isNamed === true ? null : <p className="quiet">{version(item.version.number)}</p>}
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {item.stage.kind === "open" || item.stage.kind === "in-force" ? (
        <div className="stack-tight">
          <h3>{standing.who}</h3>
          <ul className="signers">
            {item.signers.toSorted(meFirst).map((signer) => (
              <li key={signer.person}>
                <span className="anywhere">{signer.isMe ? standing.me(signer.name) : signer.name}</span>
                <SignerTag signer={signer} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

const meFirst = (one: SignerView, other: SignerView): number => Number(other.isMe) - Number(one.isMe);

function SignerTag({ signer }: { readonly signer: SignerView }) {
  const { standing } = useAgreementSign();
  const { missing, required } = signer;
  const have = required.length - missing.length;
  if (missing.length === 0) {
    return (
      <span className="tag" data-tone="good">
        {standing.allOf}
      </span>
    );
  }
  if (!signer.hasJoined) return <span className="tag">{standing.notJoined}</span>;
  return <span className="tag">{have === 0 ? standing.noneOf : standing.someOf(have, required.length)}</span>;
}

const standingOf = (standing: Words, view: AgreementView, item: AgreementVersionView): Said => {
  const { stage } = item;
  switch (stage.kind) {
    case "open":
      return openStanding(standing, view, item);
    case "in-force":
      return { title: standing.inForce, lines: [standing.since(stage.since)] };
    case "superseded":
      return { title: standing.superseded, lines: [standing.supersededText(stage.since, stage.until)] };
    case "suspended":
      return {
        title: standing.suspended,
        lines: [standing.suspendedText(stage.until), ...standing.suspendedMeans],
      };
    case "void": {
      const [title, text] = voidSaid(standing)[stage.why];
      return { title, lines: [text, ...inForceBeside(standing, view, item)] };
    }
  }
};

type Void = (AgreementVersionView["stage"] & { readonly kind: "void" })["why"];
const voidSaid = (standing: Words): Readonly<Record<Void, readonly [title: string, text: string]>> => ({
  recalled: [standing.recalled, standing.recalledText],
  replaced: [standing.replaced, standing.replacedText],
  withdrawal: [standing.stopped, standing.withdrawalText],
  "somebody-left": [standing.stopped, standing.leftText],
});

const openStanding = (standing: Words, view: AgreementView, item: AgreementVersionView): Said => {
  const mine = item.signers.find(({ isMe }) => isMe);
  const others = item.signers.filter(({ isMe, missing }) => !isMe && missing.length > 0);
  const names = others.map(({ name }) => name);
  const beside = inForceBeside(standing, view, item);
  if (view.me === null) return { title: standing.offered, lines: [standing.letIn, ...beside] };
  if (mine === undefined) return { title: standing.offered, lines: [standing.notAsked, ...beside] };
  if (mine.missing.length > 0) {
    return mine.answer === null
      ? { title: standing.waitsForMe, lines: [standing.waitsText, ...beside] }
      : { title: standing.answered[mine.answer], lines: [standing.canStill, ...beside] };
  }
  return { title: standing.signed, lines: [standing.waitsFor(names), ...beside] };
};

/** What holds while another version waits for signatures. */
const inForceBeside = (
  standing: Words,
  view: AgreementView,
  item: AgreementVersionView,
): readonly string[] => {
  const holding = view.versions.find(({ stage }) => stage.kind === "in-force");
  if (holding !== undefined) return [standing.stillInForce(holding.version.number)];
  if (view.holds !== "suspended") return [];
  return [item.stage.kind === "open" ? standing.stillHeld : standing.heldBefore];
};
