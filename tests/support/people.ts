import { randomBytes } from "node:crypto";
import { ENDPOINTS, type AnswerOf, type BodyOf, type EndpointName } from "@sotto/contract";
import {
  emptyVaultState,
  encodeVaultState,
  makeIdentity,
  makeInvitation,
  makeRecoveryCode,
  makeRoomEvent,
  makeVaultKey,
  parseFragment,
  parseIdentityRecord,
  recoveryKeys,
  sealBlob,
  sealFrame,
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
  const path = endpoint.path.replaceAll(/:([a-z]+)/g, (_, key: string) => wish.params?.[key] ?? "");
  const answer = await fetch(
    `${origin}${path}${wish.query === undefined ? "" : `?${new URLSearchParams(wish.query).toString()}`}`,
    {
      method: endpoint.method,
      headers: {
        ...(wish.body === undefined ? {} : { "content-type": "application/json" }),
        ...(wish.token === undefined ? {} : { authorization: `Bearer ${wish.token}` }),
      },
      ...(wish.body === undefined ? {} : { body: JSON.stringify(wish.body) }),
    },
  );
  if (!answer.ok) throw new Refused(name, answer.status, await answer.text());
  // The server answers what the contract says; scenarios hold it to that, this need not check again.
  return (await answer.json()) as AnswerOf<Name>;
}

/** A person who came in by the set-up code or by an invitation of `host`, with a recovery sheet as the only factor. */
export async function enrol(
  origin: string,
  door: { readonly code: string } | { readonly host: Person },
  names: Names = { person: "", practice: "" },
): Promise<Person> {
  const account = crypto.randomUUID();
  const made = await makeIdentity({ account, random });
  const record = parseIdentityRecord(made.record);
  records.set(toHex(record.hash), record);
  const vaultKey = makeVaultKey(random);
  const keys = await recoveryKeys(makeRecoveryCode(random));
  const factor = crypto.randomUUID();
  const place = { account, kind: "recovery" as const, factor, generation: 0 };
  const vault = await sealBlob({
    vaultKey,
    place: { account, name: "main", version: 1 },
    body: encodeVaultState({ ...emptyVaultState(), displayName: names.person, practiceName: names.practice }),
    random,
  });
  const signedIn = await call(origin, "enrol", {
    body: {
      ...(await doorOf(origin, door, record.hash, names)),
      account,
      identity: toBase64Url(made.record),
      vault: toBase64Url(vault),
      factor: {
        kind: "recovery",
        factor,
        lookup: toBase64Url(keys.lookup),
        verifier: toBase64Url(sha256(keys.proof)),
        wrap: toBase64Url(await wrapVaultKey({ kek: keys.kek, vaultKey, place, random })),
      },
    },
  });
  return { account, token: signedIn.token, me: made.secret, identity: record.hash };
}

async function doorOf(
  origin: string,
  door: { readonly code: string } | { readonly host: Person },
  joiner: Bytes,
  names: Names,
) {
  if ("code" in door)
    return { door: { kind: "setup" as const, code: door.code, practice: crypto.randomUUID() } };
  const { host } = door;
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
      standing: "family",
      inviter: toBase64Url(host.identity),
      expiresAt: Date.now() + 3_600_000,
    },
  });
  const read = await parseFragment(made.fragment);
  if (read === null) throw new Error("an invitation just made must be readable");
  const proof = await acceptanceProof({ secret: made.secret, invitation, inviter: host.identity, joiner });
  return {
    door: { kind: "invitation" as const, invitation, token: toBase64Url(read.token) },
    acceptance: toBase64Url(proof),
  };
}

/** A room of two, and frames sealed ahead so that the benchmark measures the server and not the sealing. */
export async function roomWithFrames(
  origin: string,
  host: Person,
  guest: Person,
  frames: number,
  bodyBytes: number,
) {
  const room: string = crypto.randomUUID();
  const event = await makeRoomEvent({
    me: host.me,
    previous: null,
    room,
    action: "create",
    members: [
      { account: host.account, role: "keeper", identity: host.identity },
      { account: guest.account, role: "member", identity: guest.identity },
    ],
    card: new Uint8Array(64),
    identityOf,
    random,
  });
  await call(origin, "appendEvent", {
    token: host.token,
    params: { room },
    body: { bytes: toBase64Url(event.bytes) },
  });
  const stream = toHex(random(8));
  const sealed: string[] = [];
  let previous: { epoch: number; hash: Bytes } | null = null;
  for (let sequence = 0; sequence < frames; sequence += 1) {
    const frame: { bytes: Bytes; hash: Bytes } = await sealFrame({
      me: guest.me,
      keys: event.keys,
      state: event.state,
      id: crypto.randomUUID(),
      stream,
      sequence,
      previous,
      seen: [],
      kind: 1,
      sentAt: Date.now(),
      gossip: null,
      body: random(bodyBytes),
      random,
    });
    previous = { epoch: event.state.epoch, hash: frame.hash };
    sealed.push(toBase64Url(frame.bytes));
  }
  return { room, guest, frames: sealed };
}
