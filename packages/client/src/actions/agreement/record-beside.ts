import { requiredSignatures } from "@sotto/domain";
import type {
  AgreementVersionId,
  AuthorityProof,
  CopyForm,
  FamilyId,
  PersonId,
  RequiredSignature,
} from "@sotto/domain";
import { encodeUtf8, equalBytes, parseStatement, WITNESS_BYTES_MAX } from "@sotto/vault";
import type { AgreementStatement } from "@sotto/vault";
import type { Done } from "../../client.ts";
import { DONE, refused } from "../../done.ts";
import type { Home } from "../../home.ts";
import {
  agreementIn,
  placeOfSignature,
  professionalOf,
  recordIn,
  speaksFor,
} from "../../queries/agreement-state.ts";
import { readOrNull } from "../../unreadable.ts";
import { teamRoomOf } from "../families.ts";
import { saidEntry, stated } from "./say.ts";
import { mineIn } from "./sign.ts";

/** By a therapist, in the team's room: a court order, or papers of an adoption, may be more than a child or another parent knows. */
export async function recordAuthority(
  home: Home,
  wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly guardian: PersonId;
    readonly minor: PersonId;
    readonly proof: AuthorityProof;
  },
): Promise<Done> {
  const { guardian, minor, proof, version: id } = wish;
  const team = teamRoomOf(home, wish.family);
  const known = agreementIn(home, wish.family);
  const version = known.versions.find((one) => one.version === id);
  const record = recordIn(known, id);
  const by = professionalOf(home.person.account);
  if (team === null || known.room === null || version === undefined || record === null) {
    return refused("not-here");
  }
  if (!speaksFor(known.state, version, by)) return refused("not-allowed");
  const isAsked = requiredSignatures(version).some(
    ({ as, of, person }) => as === "guardian" && person === guardian && of === minor,
  );
  if (!isAsked) return refused("agreement-not-guardian");
  const said = { kind: "authority", guardian, minor, proof } as const;
  return home.outbox.post(team.room, saidEntry(await stated(home, known.room, { by, record, said })));
}

/** By a therapist, for everyone: a witness whom nobody sees witnesses nothing. */
export async function recordWitness(
  home: Home,
  wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly signature: RequiredSignature;
    readonly name: string;
  },
): Promise<Done> {
  const { signature, version: id } = wish;
  const known = agreementIn(home, wish.family);
  const version = known.versions.find((one) => one.version === id);
  const record = recordIn(known, id);
  const signed = known.heard[placeOfSignature(known, id, signature)];
  const by = professionalOf(home.person.account);
  if (teamRoomOf(home, wish.family) === null || known.room === null) return refused("not-here");
  if (version === undefined || record === null || signed === undefined) return refused("not-here");
  if (!speaksFor(known.state, version, by)) return refused("not-allowed");
  if (known.room.state.closed) return refused("room-closed");
  const name = wish.name.trim();
  if (name === "") return refused("empty");
  if (!name.isWellFormed() || encodeUtf8(name).length > WITNESS_BYTES_MAX) return refused("too-long");
  const said = { kind: "witnessed", of: signed.statement.hash, name } as const;
  return home.outbox.post(known.room.room, saidEntry(await stated(home, known.room, { by, record, said })));
}

/** By whoever is asked, to the therapists alone, once for each form: others are not told who keeps a copy. */
export async function noteCopyKept(
  home: Home,
  wish: { readonly family: FamilyId; readonly version: AgreementVersionId; readonly form: CopyForm },
): Promise<Done> {
  const { form, version } = wish;
  const mine = mineIn(home, wish.family);
  if (mine.kind === "refused") return mine;
  const { apart, by, known, room } = mine;
  const record = recordIn(known, version);
  if (record === null) return refused("not-here");
  const isAsked = known.state.versions.some(
    (one) => one.version.version === version && one.required.some(({ person }) => person === by),
  );
  if (!isAsked) return refused("agreement-not-asked");
  const isSame = ({ about, said }: AgreementStatement): boolean =>
    said.kind === "delivered" && said.form === form && equalBytes(about, record.hash);
  const isTold = apart.agreement.said.some(
    ({ account, statement }) => account === home.person.account && isSame(statement),
  );
  const isOnItsWay = home.outbox.of(apart.room).some(({ body }) => {
    if (body.kind !== "agreement-said") return false;
    const statement = readOrNull(() => parseStatement(new Uint8Array(body.statement)));
    return statement !== null && isSame(statement);
  });
  if (isTold || isOnItsWay) return DONE;
  const statement = await stated(home, room, { by, record, said: { kind: "delivered", form } });
  await home.outbox.add(apart.room, saidEntry(statement));
  return DONE;
}
