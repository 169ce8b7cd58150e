import type { Actions, ClientRefusal, SignatureView, SignerView } from "@sotto/client";
import { AUTHORITY_PROOFS } from "@sotto/domain";
import type { AgreementVersion, AuthorityProof, PersonId } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Form, Select, TextField } from "../../ui/parts.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { agreementDesk as said } from "../../words/agreement-desk.ts";
import { sayProblem } from "../../words/words.ts";
import { nameIn } from "./name-in.ts";

export type Recording = Pick<Actions, "recordAuthority" | "recordWitness">;

interface Props {
  readonly actions: Recording;
  readonly signer: SignerView;
  readonly version: AgreementVersion;
}

/** What stands on record beside somebody's signatures, and where a therapist records it (domain R-130). It blocks nothing. */
export function Beside({ actions, signer, version }: Props) {
  const { record } = signer;
  if (record === null) return null;
  const minors = signer.required.flatMap(({ as, of }) => (as === "guardian" ? [of] : []));
  return (
    <>
      {minors.map((minor) => (
        <Authority key={minor} actions={actions} signer={signer} version={version} minor={minor} />
      ))}
      {record.signedWith.length === 0 ? null : (
        <p className="quiet">
          {[
            ...new Set(record.signedWith.map((one) => said.signedWith(one.device, one.utcOffsetMinutes))),
          ].join(" ")}
        </p>
      )}
      {record.delivered.map(({ at, form }) => (
        <p key={form} className="quiet">
          {said.delivered(form, at)}
        </p>
      ))}
      {signer.signatures.length === 0 ? null : (
        <Witness actions={actions} signer={signer} version={version} />
      )}
    </>
  );
}

function Authority(props: Props & { readonly minor: PersonId }) {
  const { actions, minor, signer, version } = props;
  const seen = signer.record?.authority.find((one) => one.minor === minor)?.proof ?? null;
  const [proof, setProof] = useState<AuthorityProof>(seen ?? "birth-certificate");
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const problemSaid = sayProblem(problem);
  const name = nameIn(version, minor);
  const save = () =>
    attempt(() =>
      actions.recordAuthority({
        family: version.family,
        version: version.version,
        guardian: signer.person,
        minor,
        proof,
      }),
    );
  return (
    <div>
      <p className={seen === null ? undefined : "quiet"}>
        {seen === null ? said.noProof(name) : said.proofSeen(name, said.proofs[seen])}
      </p>
      <details className="fold">
        <summary>{said.recordProof(name)}</summary>
        <Form onSubmit={save}>
          <p className="quiet">{said.proofHint}</p>
          {problemSaid === null ? null : <Banner>{problemSaid}</Banner>}
          <Select
            label={said.whichProof}
            value={proof}
            options={AUTHORITY_PROOFS.map((one) => [one, said.proofs[one]] as const)}
            onChange={setProof}
          />
          <div className="row">
            <Button submit disabled={busy}>
              {said.save}
            </Button>
          </div>
        </Form>
      </details>
    </div>
  );
}

function Witness({ actions, signer, version }: Props) {
  const [place, setPlace] = useState("0");
  const [name, setName] = useState("");
  const { attempt, busy, problem } = useAttempt<ClientRefusal>();
  const problemSaid = sayProblem(problem);
  const chosen: SignatureView | undefined = signer.signatures[Number(place)] ?? signer.signatures[0];
  const options = signer.signatures.map(
    ({ as, of }, at) => [String(at), said.as[as](nameIn(version, of))] as const,
  );
  const save = () => {
    if (chosen === undefined) return;
    const { as, of, person } = chosen;
    attempt(
      () =>
        actions.recordWitness({
          family: version.family,
          version: version.version,
          signature: { person, as, of },
          name,
        }),
      () => setName(""),
    );
  };
  return (
    <details className="fold">
      <summary>{said.recordWitness}</summary>
      <Form onSubmit={save}>
        <p className="quiet">{said.witnessHint}</p>
        {problemSaid === null ? null : <Banner>{problemSaid}</Banner>}
        {options.length < 2 ? null : (
          <Select label={said.whichSignature} value={place} options={options} onChange={setPlace} />
        )}
        <TextField label={said.witnessName} value={name} onChange={setName} charactersMax={60} />
        <div className="row">
          <Button submit disabled={busy || name.trim() === ""}>
            {said.save}
          </Button>
        </div>
      </Form>
    </details>
  );
}
