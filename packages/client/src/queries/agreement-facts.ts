import { compileAgreement } from "@sotto/domain";
import type { AgreementVersion, PolicyFacts } from "@sotto/domain";

const compiled = new WeakMap<AgreementVersion, PolicyFacts>();

/** What a version comes to. It never changes, and is asked for at every line of a room. */
export function factsOf(version: AgreementVersion): PolicyFacts {
  const facts = compiled.get(version) ?? compileAgreement(version);
  compiled.set(version, facts);
  return facts;
}
