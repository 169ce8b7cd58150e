import type { BodyOf } from "@sotto/contract";
import {
  acceptanceProof,
  equalBytes,
  fromBase64Url,
  identityHash,
  parseFragment,
  parseIdentityRecord,
  toBase64Url,
} from "@sotto/vault";
import type { IdentityRecord, ParsedInvitation } from "@sotto/vault";
import type { Api } from "../api.ts";
import type { Done, FactorChoice } from "../client.ts";
import { done, refused } from "../done.ts";
import type { Ports } from "../ports.ts";
import { enrol } from "./enrol.ts";
import { readOrNull } from "../unreadable.ts";
import type { OpenedAccount } from "./open-account.ts";

/** As what this person was invited. Whoever set the practice up was invited by nobody. */
export const INVITED_AS_SETTING = "people/invited-as";

export interface CheckedInvitation {
  readonly parsed: ParsedInvitation;
  readonly inviter: IdentityRecord;
}

/** Reads a link's fragment, asks whether it is open, and checks that the inviter is the one whom the link names. */
export async function checkInvitation(
  api: Api,
  fragment: string,
  token: string | null,
): Promise<Done<CheckedInvitation>> {
  const parsed = await parseFragment(fragment);
  if (parsed === null) return refused("invitation-unreadable");
  const input = { params: { invitation: parsed.id }, body: { token: toBase64Url(parsed.token) } };
  const opened = await api("openInvitation", input, token);
  if (opened.kind === "refused") return opened;
  const inviter = readOrNull(() => parseIdentityRecord(fromBase64Url(opened.value.identity)));
  // The fragment came from the inviter past the server; a record with its hash is the inviter's own.
  if (inviter === null || !equalBytes(inviter.hash, parsed.inviter)) return refused("inviter-unverified");
  return done({ parsed, inviter });
}

/** Enrols by an invitation. The inviter is verified for the joiner; the proof verifies the joiner for the inviter. */
export async function joinByInvitation(
  api: Api,
  ports: Ports,
  wish: { readonly fragment: string; readonly factor: FactorChoice },
): Promise<Done<OpenedAccount>> {
  const checked = await checkInvitation(api, wish.fragment, null);
  if (checked.kind === "refused") return checked;
  const { inviter, parsed } = checked.value;
  const { id: invitation, secret, words } = parsed;
  const contact = {
    account: inviter.account,
    identityHash: inviter.hash,
    verified: "invitation" as const,
    at: ports.now(),
  };
  const door: BodyOf<"enrol">["door"] = { kind: "invitation", invitation, token: toBase64Url(parsed.token) };
  return enrol(api, ports, {
    door,
    factor: wish.factor,
    start: {
      displayName: words.inviteeName,
      practiceName: words.practiceName,
      contacts: [contact],
      settings: [{ key: INVITED_AS_SETTING, value: words.role }],
    },
    accept: (mine) =>
      acceptanceProof({ secret, invitation, inviter: inviter.hash, joiner: identityHash(mine.record) }),
  });
}
