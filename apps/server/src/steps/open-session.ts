import { toBase64Url } from "@sotto/vault/public";
import { LIMITS, type AnswerOf } from "@sotto/contract";
import type { Marks } from "../ceremony/marks.ts";
import { readKeyGeneration } from "../store/account.ts";
import { readLogKey } from "../store/key-log.ts";
import { insertSession } from "../store/session.ts";
import type { Writer } from "../store/store.ts";

type SignedIn = AnswerOf<"enrol">;

/** A session for an account whose factor has just been shown. */
export async function openSession(
  writer: Writer,
  who: {
    readonly account: string;
    readonly standing: "practice" | "family";
    readonly factor: {
      readonly factor: string;
      readonly kind: SignedIn["factorKind"];
      readonly wrap: Uint8Array<ArrayBuffer>;
    };
    readonly at: number;
  },
  marks: Marks,
): Promise<SignedIn> {
  const expiresAt = who.at + LIMITS.sessionAgeMs;
  const token = await insertSession(writer, {
    account: who.account,
    factor: who.factor.factor,
    at: who.at,
    expiresAt,
  });
  const { publicKey } = await readLogKey(writer);
  const keyGeneration = await readKeyGeneration(writer, who.account);
  return {
    token,
    practice: writer.practice,
    account: who.account,
    standing: who.standing,
    factor: who.factor.factor,
    factorKind: who.factor.kind,
    wrap: toBase64Url(who.factor.wrap),
    keyGeneration,
    expiresAt,
    logKey: toBase64Url(publicKey),
    mark: marks.make(who.account, who.at),
  };
}
