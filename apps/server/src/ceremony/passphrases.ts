import { createHmac, randomBytes, randomUUID } from "node:crypto";
import * as opaque from "@serenity-kit/opaque";

/** OPAQUE (RFC 9807), the server's half. The user identifier is the sign-in name. */
export interface Passphrases {
  /** This server's static public key; clients pin it. */
  readonly serverKey: string;
  /** Null for a request that is none. */
  readonly startRegistration: (name: string, request: string) => string | null;
  /** With a null record the answer looks like any other, costs the same work, and never succeeds. Null for a request that is none. */
  readonly startSignIn: (
    name: string,
    record: string | null,
    request: string,
  ) => { readonly response: string; readonly state: string } | null;
  /** Whether the passphrase was right. */
  readonly finishSignIn: (name: string, state: string, request: string) => boolean;
  /** The factor id that an unknown name answers with: the same at every try, unlike any real one. */
  readonly factorOfNobody: (name: string) => string;
}

/** A new server set-up: to be made once and kept, since every record depends on it. */
export async function makePassphraseSetup(): Promise<string> {
  await opaque.ready;
  return opaque.server.createSetup();
}

export async function makePassphrases(serverSetup: string): Promise<Passphrases> {
  await opaque.ready;
  const recordOfNobody = makeRecordOfNobody(serverSetup);
  return {
    serverKey: opaque.server.getPublicKey(serverSetup),
    startRegistration: (name, request) =>
      orNull(
        () =>
          opaque.server.createRegistrationResponse({
            serverSetup,
            userIdentifier: name,
            registrationRequest: request,
          }).registrationResponse,
      ),
    startSignIn: (name, record, request) =>
      orNull(() => {
        const started = opaque.server.startLogin({
          serverSetup,
          userIdentifier: name,
          registrationRecord: record ?? recordOfNobody,
          startLoginRequest: request,
        });
        return { response: started.loginResponse, state: started.serverLoginState };
      }),
    finishSignIn: (_name, state, request) =>
      orNull(() => opaque.server.finishLogin({ serverLoginState: state, finishLoginRequest: request })) !==
      null,
    factorOfNobody: (name) => {
      const hex = createHmac("sha256", serverSetup).update(`factor\0${name}`).digest("hex");
      const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4] ?? "8";
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  };
}

/**
 * One record for all who are not here, made like any other, of words that nobody knows (RFC 9807, section 6.3.2.2). Left to itself the library makes a
 * key pair for each, and that takes longer than a real record does.
 */
function makeRecordOfNobody(serverSetup: string): string {
  const password = randomBytes(32).toString("hex");
  const { clientRegistrationState, registrationRequest } = opaque.client.startRegistration({ password });
  const { registrationResponse } = opaque.server.createRegistrationResponse({
    serverSetup,
    userIdentifier: randomUUID(),
    registrationRequest,
  });
  const { registrationRecord } = opaque.client.finishRegistration({
    password,
    clientRegistrationState,
    registrationResponse,
    // Nobody has to guess these words: stretching them would only delay the start.
    keyStretching: { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } },
  });
  return registrationRecord;
}

/** The library throws for malformed input and for a wrong passphrase alike; both are a no. */
function orNull<Value>(run: () => Value): Value | null {
  try {
    return run();
  } catch {
    return null;
  }
}
