import { randomBytes } from "node:crypto";
import { ENDPOINTS, type AnswerOf, type BodyOf, type EndpointName } from "@sotto/contract";
import {
  emptyVaultState,
  encodeVaultState,
  makeIdentity,
  makeInvitation,
  makeRecoveryCode,
  makeVaultKey,
  parseFragment,
  parseIdentityRecord,
  recoveryKeys,
  sealBlob,
  sha256,
  toBase64Url,
  toHex,
  wrapVaultKey,
  acceptanceProof,
  type Bytes,
  type IdentityRecord,
  type IdentitySecret,
} from "@sotto/vault";

export const random = (count: number): Bytes => new Uint8Array(randomBytes(count));
const records = new Map<string, IdentityRecord>();
/** The identities of everybody made here. */
export const identityOf = (hash: Bytes) => records.get(toHex(hash)) ?? null;

/** From now on this identity is known, as if its person had been made here. */
export function knowIdentity(bytes: Bytes): void {
  const record = parseIdentityRecord(bytes);
  records.set(toHex(record.hash), record);
}

/** What a person's vault and invitation say. */
export interface Names {
  readonly person: string;
  readonly practice: string;
}

export interface Person {
  readonly account: string;
  readonly token: string;
  readonly me: IdentitySecret;
  readonly identity: Bytes;
}

/** The server said no. `body` is the whole answer, to be compared. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly body: string;
  constructor(endpoint: string, status: number, body: string) {
    super(`${endpoint}: ${String(status)} ${body}`);
    this.status = status;
    this.body = body;
  }
}

/** Calls one endpoint of the contract and answers its body; throws `Refused` for a refusal. */
export async function call<Name extends EndpointName>(
  origin: string,
  name: Name,
  wish: {
    readonly token?: string;
    readonly params?: Record<string, string>;
    readonly query?: Record<string, string>;
    readonly body?: BodyOf<Name>;
  },
): Promise<AnswerOf<Name>> {
  const endpoint = ENDPOINTS[name];
  const { body } = wish;
  const isOctets = body instanceof Uint8Array;
  const path = endpoint.path.replaceAll(/:([a-z]+)/g, (_, key: string) => wish.params?.[key] ?? "");
  const answer = await fetch(
    `${origin}${path}${wish.query === undefined ? "" : `?${new URLSearchParams(wish.query).toString()}`}`,
    {
      method: endpoint.method,
      headers: {
        ...(body === undefined
          ? {}
          : { "content-type": isOctets ? "application/octet-stream" : "application/json" }),
        ...(wish.token === undefined ? {} : { authorization: `Bearer ${wish.token}` }),
      },
      ...(body === undefined ? {} : { body: isOctets ? body : JSON.stringify(body) }),
    },
  );
  if (!answer.ok) throw new Refused(name, answer.status, await answer.text());
  if (answer.headers.get("content-type") === "application/octet-stream") {
    return new Uint8Array(await answer.arrayBuffer()) as AnswerOf<Name>;
  }
  // The server answers what the contract says; scenarios hold it to that, this need not check again.
  return (await answer.json()) as AnswerOf<Name>;
}

/** The refusal that this ends in, as status and whole answer; throws when it is not refused. */
export async function refusal(run: () => Promise<unknown>): Promise<{ status: number; body: string }> {
  const error = await run().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refused)) throw new Error("the server should have refused");
  return { status: error.status, body: error.body };
}

type Door = { readonly code: string } | { readonly host: Person } | { readonly link: InvitationLink };

/** An invitation that the server knows, as its holder has it. */
export interface InvitationLink {
  readonly invitation: string;
  readonly token: string;
  readonly secret: Bytes;
  readonly inviter: Bytes;
}

/** A person who came in by the set-up code or by an invitation of `host`, with a recovery sheet as the only factor. */
export async function enrol(origin: string, door: Door, names?: Names): Promise<Person> {
  const { body, person } = await prepareEnrolment(origin, door, names);
  const { token } = await call(origin, "enrol", { body });
  return { ...person, token };
}

/** All of an enrolment but sending it. */
export async function prepareEnrolment(
  origin: string,
  door: Door,
  names: Names = { person: "", practice: "" },
): Promise<{ readonly body: BodyOf<"enrol">; readonly person: Omit<Person, "token"> }> {
  const account = crypto.randomUUID();
  const made = await makeIdentity({ account, random });
  const record = parseIdentityRecord(made.record);
  records.set(toHex(record.hash), record);
  const vaultKey = makeVaultKey(random);
  const vault = await sealBlob({
    vaultKey,
    place: { account, name: "main", version: 1 },
    body: encodeVaultState({ ...emptyVaultState(), displayName: names.person, practiceName: names.practice }),
    random,
  });
  const body = {
    ...(await doorOf(origin, door, record.hash, names)),
    account,
    identity: toBase64Url(made.record),
    vault: toBase64Url(vault),
    factor: await makeSheet(account, vaultKey),
  };
  return { body, person: { account, me: made.secret, identity: record.hash } };
}

/** A recovery sheet as a new factor of this account. */
export async function makeSheet(
  account: string,
  vaultKey = makeVaultKey(random),
  code = makeRecoveryCode(random),
): Promise<BodyOf<"addFactor">> {
  const keys = await recoveryKeys(code);
  const factor = crypto.randomUUID();
  const at = { account, kind: "recovery" as const, factor, generation: 0 };
  return {
    kind: "recovery",
    factor,
    lookup: toBase64Url(keys.lookup),
    verifier: toBase64Url(sha256(keys.proof)),
    wrap: toBase64Url(await wrapVaultKey({ kek: keys.kek, vaultKey, place: at, random })),
  };
}

async function doorOf(origin: string, door: Door, joiner: Bytes, names: Names) {
  if ("code" in door)
    return { door: { kind: "setup" as const, code: door.code, practice: crypto.randomUUID() } };
  const link = "link" in door ? door.link : await invite(origin, door.host, { names });
  const { invitation, token, secret, inviter } = link;
  const proof = await acceptanceProof({ secret, invitation, inviter, joiner });
  return {
    door: { kind: "invitation" as const, invitation, token },
    acceptance: toBase64Url(proof),
  };
}

/** An invitation of `host`, good for an hour of this machine's clock unless said otherwise. */
export async function invite(
  origin: string,
  host: Person,
  {
    names = { person: "", practice: "" },
    expiresAt = Date.now() + 3_600_000,
    standing = "family",
  }: {
    readonly names?: Names;
    readonly expiresAt?: number;
    readonly standing?: "practice" | "family";
  } = {},
): Promise<InvitationLink> {
  const invitation = crypto.randomUUID();
  const words = {
    practiceName: names.practice,
    inviterName: "",
    inviteeName: names.person,
    role: "adult" as const,
  };
  const made = await makeInvitation({ id: invitation, inviter: host.identity, words, random });
  await call(origin, "makeInvitation", {
    token: host.token,
    body: {
      invitation,
      tokenHash: toBase64Url(made.tokenHash),
      standing,
      inviter: toBase64Url(host.identity),
      expiresAt,
    },
  });
  const read = await parseFragment(made.fragment);
  if (read === null) throw new Error("an invitation just made must be readable");
  return { invitation, token: toBase64Url(read.token), secret: made.secret, inviter: host.identity };
}
