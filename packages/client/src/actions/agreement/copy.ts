import { isForEveryone, judgeEvidence } from "@sotto/domain";
import type { AgreementVersionId, Evidence, FamilyId } from "@sotto/domain";
import {
  compareBytes,
  equalBytes,
  identityHash,
  identityLeaf,
  idToBytes,
  leafHash,
  sealPaper,
  signEvidence,
  verifyEvidence,
} from "@sotto/vault";
import type { Bytes, IdentityRecord, Said } from "@sotto/vault";
import type { AgreementCopy } from "../../agreement.ts";
import type { Done } from "../../client.ts";
import { ClientFault, done, refused } from "../../done.ts";
import type { Home } from "../../home.ts";
import {
  agreementIn,
  privateRoomsOf,
  recordIn,
  saidToAll,
  versionOf,
} from "../../queries/agreement-state.ts";
import type { HeardStatement } from "../../sync/agreement-log.ts";
import { teamRoomOf } from "../families.ts";
import type { LoggedPlaces } from "../../sync/log-witness.ts";

/** What a practice keeps of signatures beside what everyone gets. Why somebody did not sign, and that they did not, is in no file. */
const FOR_PRACTICE: readonly Said["kind"][] = ["understanding", "signed-with", "authority", "delivered"];

/** The evidence file of a version as this person has it: what everyone gets, and for the practice's own what only therapists were told about signatures. */
export async function copyOf(
  home: Home,
  wish: {
    readonly family: FamilyId;
    readonly version: AgreementVersionId;
    readonly forPractice?: boolean;
  },
): Promise<Done<AgreementCopy>> {
  const { family, forPractice = false, version } = wish;
  if (forPractice && teamRoomOf(home, family) === null) return refused("not-allowed");
  const known = agreementIn(home, family);
  const record = recordIn(known, version);
  const me = home.vault.state.identities.at(-1);
  if (known.room === null || record === null || me === undefined) return refused("not-here");
  const { agreement } = known.room;
  const versions = [...agreement.versions.values()].map((held) => held.record);
  const hidden = new Set(
    privateRoomsOf(home, family)
      .filter(({ room }) => home.looks.isHidden(room))
      .flatMap(({ agreement: apart }) => apart.said.map(({ name }) => name)),
  );
  const isIn = ({ name, statement: { said } }: HeardStatement): boolean =>
    isForEveryone(said) || (forPractice && FOR_PRACTICE.includes(said.kind) && !hidden.has(name));
  const toAll = new Set(saidToAll(known.room).map(({ name }) => name));
  const heard = known.heard.filter(
    (one, place) =>
      versions.some(({ hash }) => equalBytes(hash, one.statement.about)) &&
      isIn(one) &&
      // An answer that was given to the therapists alone is of a kind that everyone may get, and was not said to all.
      (toAll.has(one.name) || (!isForEveryone(one.statement.said) && known.counts(place))),
  );
  const maker = identityHash(me.record);
  const identities = await linesOf(home, [maker, ...heard.map(({ statement }) => statement.identity)]);
  if (identities === null) return refused("not-here");
  const bytes = await signEvidence(me, {
    about: record.hash,
    versions: versions.map((one) => one.bytes),
    identities: identities.map((one) => one.bytes),
    lines: heard.map(({ at, statement }) => ({ heardAt: at, statement: statement.bytes })),
    log: await placesOf(home, identities),
    madeAt: home.ports.now(),
  });
  const { versions: _versions, ...evidence } = await verifyEvidence(bytes);
  const all = { ...evidence, versions: versions.map(versionOf) };
  // The two say the same but for brands, which the ids that were just read from bytes have in the compiler alone.
  const verdict = judgeEvidence(all as unknown as Evidence);
  if (verdict === null) return refused("not-here");
  const practice = { id: home.person.practice, name: home.vault.state.practiceName };
  return done({ bytes, evidence, verdict, state: known.state, practice });
}

/** A PDF with such a file inside, sealed by whoever made the file. */
export async function sealed(home: Home, pdf: Bytes): Promise<Done<Bytes>> {
  const me = home.vault.state.identities.at(-1);
  return me === undefined ? refused("not-here") : done(await sealPaper(me, pdf));
}

/** Whole lines of identity records, as the file wants them. */
async function linesOf(home: Home, hashes: readonly Bytes[]): Promise<readonly IdentityRecord[] | null> {
  const accounts = new Map<string, readonly IdentityRecord[]>();
  for (const hash of hashes) {
    const line = await home.book.lineOf(hash);
    const account = line?.[0]?.account;
    if (line === null || account === undefined) return null;
    if (line.length > (accounts.get(account)?.length ?? 0)) accounts.set(account, line);
  }
  return [...accounts]
    .toSorted(([one], [other]) => compareBytes(idToBytes(one), idToBytes(other)))
    .flatMap(([, line]) => line);
}

/** Without a server the copy is made all the same, and says that it proves nothing of the log. */
async function placesOf(home: Home, identities: readonly IdentityRecord[]): Promise<LoggedPlaces | null> {
  try {
    return await home.witness.placesOf(identities.map(({ hash }) => leafHash(identityLeaf(hash))));
  } catch (error) {
    if (error instanceof ClientFault && error.code === "offline") return null;
    throw error;
  }
}
