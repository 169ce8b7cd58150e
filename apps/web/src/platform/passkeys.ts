import type { PasskeyAnswer } from "@sotto/client";

type Bytes = Uint8Array<ArrayBuffer>;

/** The WebAuthn parse functions turn the server's JSON into what the browser wants (WebAuthn 3, 5.1.8 and 5.1.9). */
interface JsonParsers {
  parseCreationOptionsFromJSON(json: unknown): PublicKeyCredentialCreationOptions;
  parseRequestOptionsFromJSON(json: unknown): PublicKeyCredentialRequestOptions;
}

const parsers = (): JsonParsers => PublicKeyCredential as unknown as JsonParsers;

function prfOf(credential: PublicKeyCredential): Bytes | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  return first instanceof ArrayBuffer
    ? new Uint8Array(first)
    : new Uint8Array(first.buffer, first.byteOffset, first.byteLength).slice();
}

/** The credential as JSON without PRF results: they open the vault and never leave the device (e2ee.md 4.1). */
function answerOf(credential: PublicKeyCredential): PasskeyAnswer {
  const json: object = credential.toJSON();
  return {
    response: { ...json, clientExtensionResults: {} },
    credentialId: new Uint8Array(credential.rawId),
    prf: prfOf(credential),
  };
}

function isCancelled(fault: unknown): boolean {
  return fault instanceof DOMException && ["NotAllowedError", "AbortError"].includes(fault.name);
}

async function whenNotCancelled(
  ceremony: () => Promise<Credential | null>,
): Promise<PublicKeyCredential | null> {
  try {
    const credential = await ceremony();
    return credential instanceof PublicKeyCredential ? credential : null;
  } catch (fault) {
    if (isCancelled(fault)) return null;
    throw fault;
  }
}

const askPrf = (salt: Bytes) => ({ prf: { eval: { first: salt } } });

/** Asks for the passkey; null when the person cancelled or the device cannot. */
export async function usePasskey(options: unknown, salt: Bytes): Promise<PasskeyAnswer | null> {
  try {
    const publicKey = parsers().parseRequestOptionsFromJSON(options);
    publicKey.extensions = { ...publicKey.extensions, ...askPrf(salt) };
    const credential = await whenNotCancelled(() => navigator.credentials.get({ publicKey }));
    return credential === null ? null : answerOf(credential);
  } catch {
    return null;
  }
}

/** The PRF of a passkey just made, for authenticators that give it at sign-in only. The challenge is local: nobody checks this answer. */
async function prfBySigningIn(made: PublicKeyCredential, salt: Bytes): Promise<Bytes | null> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    allowCredentials: [{ type: "public-key", id: made.rawId }],
    userVerification: "required",
    extensions: askPrf(salt),
  };
  const credential = await whenNotCancelled(() => navigator.credentials.get({ publicKey }));
  return credential === null ? null : prfOf(credential);
}

/** Makes a passkey; null when the person cancelled or the device cannot. */
export async function createPasskey(options: unknown, salt: Bytes): Promise<PasskeyAnswer | null> {
  try {
    const publicKey = parsers().parseCreationOptionsFromJSON(options);
    publicKey.extensions = { ...publicKey.extensions, ...askPrf(salt) };
    const credential = await whenNotCancelled(() => navigator.credentials.create({ publicKey }));
    if (credential === null) return null;
    const answer = answerOf(credential);
    if (answer.prf !== null) return answer;
    if (credential.getClientExtensionResults().prf?.enabled !== true) return answer;
    return { ...answer, prf: await prfBySigningIn(credential, salt) };
  } catch {
    return null;
  }
}
