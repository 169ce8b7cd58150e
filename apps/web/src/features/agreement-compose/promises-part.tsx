import { RECORDING_RULES, SCREENSHOT_RULES, SOCIAL_MEDIA_RULES } from "@sotto/domain";
import type { PromisesChoice } from "@sotto/domain";
import { Check, RadioCards } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";
import { sentenceOf } from "./editing.ts";

/** What members promise each other. */
export function PromisesPart(props: Editing & { readonly promises: PromisesChoice }) {
  const { choose, promises } = props;
  const take = (next: Partial<PromisesChoice>) => choose({ promises: { ...promises, ...next } });
  return (
    <>
      <RadioCards
        legend={said.promises.recordings}
        value={promises.recordings}
        onChange={(recordings) => take({ recordings })}
        options={RECORDING_RULES.map((rule) => ({
          value: rule,
          title: said.recordings[rule],
          hint: sentenceOf(props, `promises.recording.${rule}`),
        }))}
      />
      <RadioCards
        legend={said.promises.screenshots}
        value={promises.screenshots}
        onChange={(screenshots) => take({ screenshots })}
        options={SCREENSHOT_RULES.map((rule) => ({
          value: rule,
          title: said.screenshots[rule],
          hint: sentenceOf(props, `promises.screenshot.${rule}`),
        }))}
      />
      <RadioCards
        legend={said.promises.social}
        value={promises.socialMedia}
        onChange={(socialMedia) => take({ socialMedia })}
        options={SOCIAL_MEDIA_RULES.map((rule) => ({
          value: rule,
          title: said.social[rule],
          hint: sentenceOf(props, `promises.social.${rule}`),
        }))}
      />
      <Check
        label={said.promises.marked}
        checked={promises.markedViews}
        onChange={(markedViews) => take({ markedViews })}
      />
      <Check
        label={said.promises.court}
        checked={promises.notInCourt}
        onChange={(notInCourt) => take({ notInCourt })}
      />
    </>
  );
}
