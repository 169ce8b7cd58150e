import { generateKeyPairSync } from "node:crypto";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server";

export interface NewCredential {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
}

/** WebAuthn for one origin. User verification is required in both ceremonies; nothing in the options names a person. */
export interface Passkeys {
  readonly startCreation: (
    account: string,
  ) => Promise<{ readonly options: Record<string, unknown>; readonly state: string }>;
  /** Null when the answer does not fit the challenge. */
  readonly finishCreation: (
    state: string,
    response: Record<string, unknown>,
  ) => Promise<NewCredential | null>;
  readonly startSignIn: () => Promise<{ readonly options: Record<string, unknown>; readonly state: string }>;
  /** A public key that is nobody's, to look at what is shown under a credential that nobody has. */
  readonly keyOfNobody: string;
  /** The new counter; null when the answer does not fit. */
  readonly finishSignIn: (
    state: string,
    response: Record<string, unknown>,
    credential: NewCredential,
  ) => Promise<{ readonly counter: number } | null>;
}

export function makePasskeys(origin: string): Passkeys {
  const rpID = new URL(origin).hostname;
  return {
    keyOfNobody: makeCoseKey(),
    startCreation: async (account) => {
      const options = await generateRegistrationOptions({
        rpName: "Sotto",
        rpID,
        userName: "Sotto",
        userDisplayName: "Sotto",
        userID: new TextEncoder().encode(account),
        attestationType: "none",
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      });
      return { options: { ...options }, state: options.challenge };
    },
    finishCreation: async (state, response) => {
      const checked = await verifyRegistrationResponse({
        // The library checks every field of what the browser sent; its type only names them.
        response: response as unknown as RegistrationResponseJSON,
        expectedChallenge: state,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
      }).catch(() => null);
      if (checked === null || !checked.verified) return null;
      const { credential } = checked.registrationInfo;
      return {
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString("base64url"),
        counter: credential.counter,
      };
    },
    startSignIn: async () => {
      const options = await generateAuthenticationOptions({ rpID, userVerification: "required" });
      return { options: { ...options }, state: options.challenge };
    },
    finishSignIn: async (state, response, credential) => {
      const checked = await verifyAuthenticationResponse({
        // As above.
        response: response as unknown as AuthenticationResponseJSON,
        expectedChallenge: state,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
        credential: {
          id: credential.credentialId,
          publicKey: new Uint8Array(Buffer.from(credential.publicKey, "base64url")),
          counter: credential.counter,
        },
      }).catch(() => null);
      return checked === null || !checked.verified
        ? null
        : { counter: checked.authenticationInfo.newCounter };
    },
  };
}

/** A fresh ES256 public key as COSE writes it (RFC 9053, 7.1.1), base64url; its private half is gone. */
function makeCoseKey(): string {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const [kindAlgorithmCurve, xIs, yIs] = ["a5010203262001", "215820", "225820"];
  const hex = [kindAlgorithmCurve, xIs, toHex(x), yIs, toHex(y)].join("");
  return Buffer.from(hex, "hex").toString("base64url");
}

const toHex = (base64Url: string): string => Buffer.from(base64Url, "base64url").toString("hex");
