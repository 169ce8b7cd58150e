import { LEAK_PROMISES, LEAK_STEPS, WORRY_ROUTES } from "@sotto/domain";
import type { WorriesChoice, WorryRoute } from "@sotto/domain";
import { Check, TextField } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";
import { Checks, NumberField } from "./fields.tsx";

const LINE_CHARACTERS = 200;

/** Where to go with a worry, and what follows when something got out: for members, and for the practice. */
export function WorriesPart(props: Editing & { readonly worries: WorriesChoice }) {
  const { choose, worries } = props;
  const take = (next: Partial<WorriesChoice>) => choose({ worries: { ...worries, ...next } });
  const use = (route: WorryRoute, contact: string | null) =>
    take({
      routes: WORRY_ROUTES.flatMap((one) => {
        if (one === route) return contact === null ? [] : [{ route, contact }];
        return worries.routes.filter((known) => known.route === one);
      }),
    });
  return (
    <>
      <fieldset className="group group-tight">
        <legend className="legend">{said.worries.routes}</legend>
        {WORRY_ROUTES.map((route) => {
          const chosen = worries.routes.find((one) => one.route === route);
          return (
            <div key={route}>
              <Check
                label={said.worryRoutes[route]}
                checked={chosen !== undefined}
                onChange={(isIn) => use(route, isIn ? "" : null)}
              />
              {chosen === undefined ? null : (
                <div className="compose-under">
                  <TextField
                    label={said.worries.contact(said.worryRoutes[route])}
                    hint={said.worries.contactHint}
                    charactersMax={LINE_CHARACTERS}
                    value={chosen.contact}
                    onChange={(contact) => use(route, contact)}
                  />
                </div>
              )}
            </div>
          );
        })}
      </fieldset>
      <Checks
        legend={said.worries.members}
        all={LEAK_STEPS}
        chosen={worries.members}
        labels={said.leakSteps}
        onChange={(members) => take({ members })}
      />
      <Checks
        legend={said.worries.practice}
        all={LEAK_PROMISES}
        chosen={worries.practice}
        labels={said.leakPromises}
        onChange={(practice) => take({ practice })}
      />
      <NumberField
        label={said.worries.hours}
        value={worries.firstWordHours}
        onChange={(firstWordHours) => take({ firstWordHours })}
      />
    </>
  );
}
