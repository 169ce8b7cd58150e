import {
  startAuthentication,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { PasskeyAnswer } from "@sotto/client";

type Bytes = Uint8Array<ArrayBuffer>;

/** Makes a passkey. Some authenticators give the PRF result only when asked a second time, so then we ask once more. Null when cancelled. */
export async function createPasskey(options: unknown, salt: Bytes): Promise<PasskeyAnswer | null> {
  // The worker got these from the server, checked against the contract.
  const wanted = options as PublicKeyCredentialCreationOptionsJSON;
  const made = await startRegistration({ optionsJSON: withSalt(wanted, salt) }).catch(() => null);
  if (made === null) return null;
  const prf = readPrf(made.clientExtensionResults) ?? (await askAgain(made.id, wanted.rp.id, salt));
  return answerWith(made, prf);
}

/** Asks for a passkey. Null when cancelled. */
export async function getPasskey(options: unknown, salt: Bytes): Promise<PasskeyAnswer | null> {
  const wanted = options as PublicKeyCredentialRequestOptionsJSON;
  const got = await startAuthentication({ optionsJSON: withSalt(wanted, salt) }).catch(() => null);
  return got === null ? null : answerWith(got, readPrf(got.clientExtensionResults));
}

async function askAgain(id: string, rpId: string | undefined, salt: Bytes): Promise<Bytes | null> {
  const challenge = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const optionsJSON = withSalt(
    {
      challenge,
      userVerification: "required" as const,
      allowCredentials: [{ id, type: "public-key" as const }],
      ...(rpId === undefined ? {} : { rpId }),
    },
    salt,
  );
  const got = await startAuthentication({ optionsJSON }).catch(() => null);
  return got === null ? null : readPrf(got.clientExtensionResults);
}

function withSalt<Options extends object>(options: Options, salt: Bytes): Options {
  const extensions = "extensions" in options ? (options.extensions as object) : {};
  return { ...options, extensions: { ...extensions, prf: { eval: { first: salt } } } };
}

function readPrf(results: object): Bytes | null {
  const prf = "prf" in results ? (results.prf as { results?: { first?: unknown } } | undefined) : undefined;
  const first = prf?.results?.first;
  if (first instanceof ArrayBuffer) return new Uint8Array(first);
  if (ArrayBuffer.isView(first)) {
    return new Uint8Array(new Uint8Array(first.buffer, first.byteOffset, first.byteLength));
  }
  return typeof first === "string" ? fromBase64Url(first) : null;
}

/** The PRF result unlocks the vault: it is taken out of what goes to the server. */
function answerWith(
  response: { readonly id: string; readonly clientExtensionResults: object },
  prf: Bytes | null,
): PasskeyAnswer {
  const results = Object.entries(response.clientExtensionResults).filter(([name]) => name !== "prf");
  return {
    response: { ...response, clientExtensionResults: Object.fromEntries(results) },
    credentialId: fromBase64Url(response.id),
    prf,
  };
}

function fromBase64Url(text: string): Bytes {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function toBase64Url(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
