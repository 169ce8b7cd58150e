import type { TemplateRefusal } from "@sotto/domain";
import { agreementCompose as said } from "../../words/agreement-compose.ts";

const sentence = <Kind extends TemplateRefusal["kind"]>(why: TemplateRefusal & { readonly kind: Kind }) =>
  said.refusals[why.kind as Kind](why);

/** All that is wrong with a template file, each with what to do and where. */
export function Refused(props: { readonly title: string; readonly why: readonly TemplateRefusal[] }) {
  const { why } = props;
  return (
    <div className="banner stack-tight" data-tone="alarm">
      <strong>{props.title}</strong>
      <span>{said.file.wrong(why.length)}</span>
      <ul className="compose-wrong">
        {why.map((one) => (
          <li key={JSON.stringify(one)}>
            {sentence(one)}
            {"at" in one && one.at !== "" ? (
              <>
                <br />
                <span className="quiet anywhere">{said.file.at(one.at)}</span>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
