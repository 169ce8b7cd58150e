import { concatBytes, drawBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { fromBase64Url, idFromBytes, idToBytes, toBase64Url } from "../codec/text.ts";
import { ByteWriter, encodeUtf8 } from "../codec/writer.ts";
import { authenticate, deriveBytes, isAuthentic } from "../primitives/derive.ts";
import { openSalted, padTo, SALT_BYTES, sealSalted, unpad } from "../primitives/salted-seal.ts";
import { INVITED_ROLES } from "../room/card.ts";
import type { InvitedRole } from "../room/card.ts";
import { tokenHashOf } from "./token.ts";

/**
 * An invitation carries one secret from one person to another, outside the server. From it follow a token (shows the
 * server that the holder was invited), the key of the words, and the key of the acceptance proof.
 *
 * The fragment of the link: version 1, invitation id, secret, hash of the inviter's identity record, salt, sealed words.
 * It starts with one version byte and no label, so that a link shows no fixed text; the label is in the derivation.
 */
const LABEL = "fam/inv/1";
const VERSION = 1;
const SECRET_BYTES = 32;
const NAME_BYTES_MAX = 200;
const FRAGMENT_CHARACTERS_MAX = 2000;
const WORDS_STEPS = [128, 256, 512, 1024] as const;

/** What the joiner reads before anything else. The inviter wrote it; the server never sees it. */
export type InvitationWords = {
  readonly practiceName: string;
  readonly inviterName: string;
  readonly inviteeName: string;
  readonly role: InvitedRole;
};

export type ParsedInvitation = {
  readonly id: string;
  readonly secret: Bytes;
  readonly token: Bytes;
  /** Hash of the inviter's identity record: pins the inviter for the joiner. */
  readonly inviter: Bytes;
  readonly words: InvitationWords;
};

type FragmentWish = {
  readonly id: string;
  readonly inviter: Bytes;
  readonly words: InvitationWords;
  readonly random: Random;
};

const derive = (secret: Bytes, id: string, purpose: "token" | "words" | "proof"): Promise<Bytes> =>
  deriveBytes({ secret, info: ByteWriter.labelled(LABEL).block8(encodeUtf8(purpose)).id(id).bytes() });

const encodeWords = (words: InvitationWords): Bytes =>
  ByteWriter.labelled(`${LABEL} words`)
    .text(words.practiceName, NAME_BYTES_MAX)
    .text(words.inviterName, NAME_BYTES_MAX)
    .text(words.inviteeName, NAME_BYTES_MAX)
    .unsigned(INVITED_ROLES.indexOf(words.role), 1)
    .bytes();

const decodeWords = (bytes: Bytes): InvitationWords => {
  const reader = ByteReader.labelled(bytes, `${LABEL} words`, 1024);
  const practiceName = reader.text(NAME_BYTES_MAX);
  const inviterName = reader.text(NAME_BYTES_MAX);
  const inviteeName = reader.text(NAME_BYTES_MAX);
  const role = reader.choice(INVITED_ROLES);
  reader.end();
  return { practiceName, inviterName, inviteeName, role };
};

const wordsSize = (wordsBytes: number): number | null =>
  WORDS_STEPS.find((size) => wordsBytes + 4 <= size) ?? null;

const wordsAad = (id: string, inviter: Bytes): Bytes =>
  ByteWriter.labelled(LABEL).id(id).fixed(inviter, 32).bytes();

const wordsInfo = ByteWriter.labelled(`${LABEL} words`).bytes();

/** A new invitation: its secret for the team room, its fragment for the link, the token's hash for the server. */
export async function makeInvitation(
  wish: FragmentWish,
): Promise<{ readonly secret: Bytes; readonly fragment: string; readonly tokenHash: Bytes }> {
  const secret = drawBytes(wish.random, SECRET_BYTES);
  const fragment = await makeFragment({ ...wish, secret });
  return { secret, fragment, tokenHash: tokenHashOf(await invitationToken({ id: wish.id, secret })) };
}

/** The fragment of an invitation that exists already, to show or print it again. */
export async function makeFragment(wish: FragmentWish & { readonly secret: Bytes }): Promise<string> {
  const { id, secret, inviter, random } = wish;
  const words = encodeWords(wish.words);
  const size = wordsSize(words.length);
  if (size === null || secret.length !== SECRET_BYTES || inviter.length !== 32)
    throw new VaultFault("misuse");
  const salt = drawBytes(random, SALT_BYTES);
  const key = await derive(secret, id, "words");
  const aad = wordsAad(id, inviter);
  const sealed = await sealSalted({ key, info: wordsInfo, salt, aad, body: padTo(words, size) });
  return toBase64Url(concatBytes(Uint8Array.of(VERSION), idToBytes(id), secret, inviter, salt, sealed));
}

/** The token that shows the server that its holder was invited. */
export async function invitationToken({
  id,
  secret,
}: {
  readonly id: string;
  readonly secret: Bytes;
}): Promise<Bytes> {
  return derive(secret, id, "token");
}

/** Reads the fragment of a link, with or without its `#`; null when it is no invitation, or a damaged one. */
export async function parseFragment(fragment: string): Promise<ParsedInvitation | null> {
  try {
    return await readFragment(fragment.startsWith("#") ? fragment.slice(1) : fragment);
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
}

const readFragment = async (text: string): Promise<ParsedInvitation> => {
  if (text.length > FRAGMENT_CHARACTERS_MAX) throw new VaultFault("malformed");
  const reader = new ByteReader(fromBase64Url(text));
  if (reader.unsigned(1) !== VERSION) throw new VaultFault("malformed");
  const id = idFromBytes(reader.fixed(16));
  const secret = reader.fixed(SECRET_BYTES);
  const inviter = reader.fixed(32);
  const salt = reader.fixed(SALT_BYTES);
  const sealed = reader.rest();
  const key = await derive(secret, id, "words");
  const padded = await openSalted({ key, info: wordsInfo, salt, aad: wordsAad(id, inviter), sealed });
  const words = decodeWords(unpad(padded, wordsSize));
  return { id, secret, inviter, words, token: await invitationToken({ id, secret }) };
};

type Acceptance = {
  readonly secret: Bytes;
  readonly invitation: string;
  /** Hash of the inviter's identity record, as the fragment named it. */
  readonly inviter: Bytes;
  /** Hash of the joiner's new identity record. */
  readonly joiner: Bytes;
};

const acceptanceMessage = ({ invitation, inviter, joiner }: Acceptance): Bytes =>
  ByteWriter.labelled(`${LABEL} accept`).id(invitation).fixed(inviter, 32).fixed(joiner, 32).bytes();

/** Shows the inviter that the holder of the secret made the joiner's identity. The server, without the secret, cannot. */
export async function acceptanceProof(acceptance: Acceptance): Promise<Bytes> {
  const key = await derive(acceptance.secret, acceptance.invitation, "proof");
  return authenticate({ key, message: acceptanceMessage(acceptance) });
}

/** True when the proof binds exactly these two identities to this invitation. */
export async function verifyAcceptance(claim: Acceptance & { readonly proof: Bytes }): Promise<boolean> {
  const key = await derive(claim.secret, claim.invitation, "proof");
  return isAuthentic({ key, message: acceptanceMessage(claim), code: claim.proof });
}
