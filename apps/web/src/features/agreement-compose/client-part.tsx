import { CLIENT_MODELS, isMinorRole } from "@sotto/domain";
import type { ClientModel, PersonId } from "@sotto/domain";
import { RadioCards, Select } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import type { Editing } from "./editing.ts";
import { sentenceOf } from "./editing.ts";

/** Who the client is. With one client it is open until somebody is named. */
export function ClientPart(editing: Editing) {
  const { choose, work } = editing;
  const { client } = work.choices;
  const kind: ClientModel = client?.kind ?? "individual";
  const name = (person: PersonId | "") =>
    choose({ client: person === "" ? null : { kind: "individual", client: person } });
  const take = (model: ClientModel) => {
    if (model !== "individual") return choose({ client: { kind: model } });
    const adults = work.parties.filter(({ role }) => !isMinorRole(role));
    // With several, nobody but the therapist says who it is.
    name(adults.length === 1 ? (adults[0]?.person ?? "") : "");
  };
  const named = client?.kind === "individual" ? client.client : "";
  return (
    <>
      <RadioCards
        legend={said.client.legend}
        value={kind}
        onChange={take}
        options={CLIENT_MODELS.map((model) => ({
          value: model,
          title: said.clients[model],
          hint:
            model === "individual" && named === ""
              ? said.individualHint
              : sentenceOf(editing, `client.${model}`, named === "" ? {} : { person: named }),
        }))}
      />
      {kind === "individual" ? (
        <Select<PersonId | "">
          label={said.client.who}
          value={named}
          options={[
            ["", said.choosePerson] as const,
            ...work.parties.map((party) => [party.person, party.name] as const),
          ]}
          onChange={name}
        />
      ) : null}
    </>
  );
}
