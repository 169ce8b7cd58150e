import { createHash, createHmac, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import type { Passkeys } from "@sotto/client";

/** A phone that holds passkeys, without a phone: WebAuthn with ES256, no attestation, and PRF. Agrees to everything. */

interface Credential {
  readonly id: Buffer;
  readonly key: KeyObject;
  /** What the PRF of this passkey is made from. */
  readonly secret: Buffer;
}

const PRESENT_AND_VERIFIED = 0x05;
const WITH_CREDENTIAL = 0x40;

const hash = (data: string | Buffer): Buffer => createHash("sha256").update(data).digest();
const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)]);
const bytes = (value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x59, value.length >> 8, value.length & 0xff]), value]);

/** A COSE key: EC2, ES256, P-256. */
const coseOf = (key: KeyObject): Buffer => {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const [left, right] = [Buffer.from(x, "base64url"), Buffer.from(y, "base64url")];
  const [start, between] = [Buffer.from("a5010203262001215820", "hex"), Buffer.from("225820", "hex")];
  return Buffer.concat([start, left, between, right]);
};

/** The passkeys of one phone, for browsers at this origin. */
export function makePhone(origin: string): Passkeys {
  const credentials: Credential[] = [];
  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authenticatorData = (rpId: string, flags: number, rest = Buffer.alloc(0)): Buffer =>
    Buffer.concat([hash(rpId), Buffer.from([flags]), Buffer.alloc(4), rest]);
  const answer = (credential: Credential, response: Record<string, unknown>, salt: Uint8Array) => {
    const id = credential.id.toString("base64url");
    return {
      response: { id, rawId: id, type: "public-key", response, clientExtensionResults: {} },
      credentialId: new Uint8Array(credential.id),
      prf: new Uint8Array(createHmac("sha256", credential.secret).update(salt).digest()),
    };
  };
  return {
    create: async (options, salt) => {
      // The server's own options, as the contract gives them.
      const { challenge, rp } = options as { challenge: string; rp: { id: string } };
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const credential = { id: randomBytes(16), key: privateKey, secret: randomBytes(32) };
      credentials.push(credential);
      const attested = Buffer.concat([
        Buffer.alloc(16),
        Buffer.from([0, 16]),
        credential.id,
        coseOf(publicKey),
      ]);
      const authData = authenticatorData(rp.id, PRESENT_AND_VERIFIED | WITH_CREDENTIAL, attested);
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        text("fmt"),
        text("none"),
        text("attStmt"),
        Buffer.from([0xa0]),
        text("authData"),
        bytes(authData),
      ]).toString("base64url");
      const clientDataJSON = clientData("webauthn.create", challenge).toString("base64url");
      return answer(credential, { clientDataJSON, attestationObject, transports: ["internal"] }, salt);
    },
    get: async (options, salt) => {
      // As above, or of a client that asks for the secret alone; a browser takes the page's own name then.
      const asked = options as { challenge: string; rpId?: string };
      const { challenge, rpId = new URL(origin).hostname } = asked;
      const credential = credentials.at(-1);
      if (credential === undefined) return null;
      const data = clientData("webauthn.get", challenge);
      const authData = authenticatorData(rpId, PRESENT_AND_VERIFIED);
      const signature = sign("sha256", Buffer.concat([authData, hash(data)]), credential.key);
      const response = {
        clientDataJSON: data.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: signature.toString("base64url"),
      };
      return answer(credential, response, salt);
    },
  };
}
