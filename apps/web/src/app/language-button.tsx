import { chooseLanguage } from "../platform/app-language.ts";
import { Banner, Button } from "../ui/parts.tsx";
import { useAttempt } from "../ui/use-attempt.ts";
import { sayProblem, spokenLanguage, words } from "../words/words.ts";

/** Offers the other language, named in that language. `isKept`: this device goes on in it at the next start. */
export function LanguageButton(props: { readonly isKept: boolean; readonly tone?: "plain" }) {
  const { busy, problem, attempt } = useAttempt<never>();
  const said = sayProblem(problem);
  const other = spokenLanguage() === "en" ? "es" : "en";
  const choose = () =>
    attempt(async () => {
      await chooseLanguage(other, props.isKept);
      return { kind: "done", value: null };
    });
  return (
    <>
      {said === null ? null : <Banner>{said}</Banner>}
      <Button tone={props.tone} disabled={busy} onPress={choose}>
        <span lang={other}>{words.language.other}</span>
      </Button>
    </>
  );
}
