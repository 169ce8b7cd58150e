import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  evidenceFile,
  evidenceParts,
  say,
  signing,
  smallAgreement,
  type EvidenceWish,
} from "../../testing/agreement.ts";
import { damagedBytes, faultOf } from "../../testing/damage.ts";
import { idOf, makePerson, unsafeSeededRandom, type Person } from "../../testing/people.ts";
import { concatBytes, equalBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { toHex } from "../codec/text.ts";
import { parseIdentityRecord } from "../identity/record.ts";
import { rotateIdentity } from "../identity/secret.ts";
import { signCheckpoint } from "../log/checkpoint.ts";
import { identityLeaf } from "../log/leaf.ts";
import { leafHash } from "../log/proof.ts";
import { appendLeaves, inclusionProof, rootAt } from "../log/tree.ts";
import { signBytes, signPublicOf } from "../primitives/sign.ts";
import { encodeEvidenceFields, evidenceMessage, parseEvidence } from "./evidence-file.ts";
import type { EvidenceParts } from "./evidence-file.ts";
import { parseStatement } from "./statement.ts";
import { verifyEvidence } from "./verify-evidence.ts";
import { agreementHash, decodeAgreementVersion, encodeAgreementVersion } from "./version.ts";

const random = unsafeSeededRandom("evidence");
const logSeed = random(32);
const small = encodeAgreementVersion(smallAgreement);
const about = agreementHash(small);

let tess: Person;
let ana: Person;
let said: readonly Bytes[];

beforeAll(async () => {
  [tess, ana] = (await Promise.all(["Tess", "Ana"].map(makePerson))) as [Person, Person];
  const people = [{ person: idOf("person Ana"), account: ana.secret.account, known: "in-person" } as const];
  const named = await say(tess, about, { kind: "named", people });
  const offered = await say(tess, about, { kind: "offered" }, { after: parseStatement(named).hash });
  const seen = { after: parseStatement(offered).hash };
  said = [named, offered, await say(ana, about, signing("self", "Ana"), seen)];
});

const file = (more: Partial<EvidenceWish> = {}): Promise<Bytes> =>
  evidenceFile({ maker: tess, people: [ana], said, ...more });

/** A file that its maker signed without looking at what is in it. */
const signedBlindly = async (parts: Omit<EvidenceParts, "maker">): Promise<Bytes> => {
  const fields = encodeEvidenceFields({ ...parts, maker: tess.record.hash });
  const signature = await signBytes({ signSeed: tess.secret.signSeed, message: evidenceMessage(fields) });
  return concatBytes(fields, signature);
};
const faultIn = async (more: Partial<EvidenceWish>): Promise<string | null> =>
  faultOf(verifyEvidence(await signedBlindly(evidenceParts({ maker: tess, people: [ana], said, ...more }))));

/** A key log in which these stand among others, and its places for them. */
const logOf = async (identities: readonly Bytes[]): Promise<NonNullable<EvidenceParts["log"]>> => {
  const leaves = [
    random(32),
    ...identities.flatMap((record) => [leafHash(identityLeaf(parseIdentityRecord(record).hash)), random(32)]),
  ];
  const nodes = new Map<string, Bytes>();
  const readNode = async (level: number, index: number): Promise<Bytes> =>
    nodes.get(`${level}.${index}`) ?? new Uint8Array(0);
  const { nodes: made, size } = await appendLeaves({ size: 0, leaves, readNode });
  for (const { hash, index, level } of made) nodes.set(`${level}.${index}`, hash);
  const checkpoint = { origin: "sotto/a", size, root: await rootAt(size, readNode) };
  return {
    key: await signPublicOf(logSeed),
    checkpoint: await signCheckpoint({ checkpoint, signSeed: logSeed }),
    places: await Promise.all(
      identities.map(async (_record, place) => {
        const index = place * 2 + 1;
        return { index, proof: await inclusionProof({ index, size, readNode }) };
      }),
    ),
  };
};

describe("an evidence file", () => {
  it("says who said what with which key, in its order", async () => {
    const evidence = await verifyEvidence(await file());
    const { version } = decodeAgreementVersion(small);
    expect(evidence).toMatchObject({ about: version, versionHash: toHex(about), log: null });
    expect(evidence.versions.map((one) => one.version)).toEqual([version]);
    expect(
      evidence.lines.map(({ account, after, by, said: { kind } }) => [by, account, after, kind]),
    ).toEqual([
      [idOf("person Tess"), tess.secret.account, null, "named"],
      [idOf("person Tess"), tess.secret.account, 0, "offered"],
      [idOf("person Ana"), ana.secret.account, 1, "signed"],
    ]);
    expect(evidence.lines[2]?.moment).toEqual({ at: 1_900_000_000_102, writtenAt: 1_900_000_000_000 });
    expect(evidence.madeBy).toEqual({
      account: tess.secret.account,
      generation: 0,
      identity: toHex(tess.record.hash),
    });
  });

  it("with any one byte changed is refused, wherever it stands", async () => {
    const bytes = await file({
      log: await logOf(evidenceParts({ maker: tess, people: [ana], said }).identities),
    });
    expect(await faultOf(verifyEvidence(bytes))).toBeNull();
    const open: number[] = [];
    for (const place of bytes.keys()) {
      const changed = bytes.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      if ((await faultOf(verifyEvidence(changed))) === null) open.push(place);
    }
    expect(open).toEqual([]);
  });

  it("is refused with the typed error, whatever became of it", async () => {
    const bytes = await file();
    await fc.assert(
      fc.asyncProperty(damagedBytes(bytes), async (changed) => {
        expect(["malformed", "unverified"]).toContain(await faultOf(verifyEvidence(changed)));
      }),
      { numRuns: 300 },
    );
  });

  it("has one writing", async () => {
    const bytes = await file();
    const { fields, lines, signature, ...parsed } = parseEvidence(bytes);
    const again = encodeEvidenceFields({
      ...parsed,
      versions: parsed.versions.map((one) => one.bytes),
      identities: parsed.identities.map((one) => one.bytes),
      lines: lines.map(({ heardAt, statement }) => ({ heardAt, statement: statement.bytes })),
    });
    expect(equalBytes(again, fields)).toBe(true);
    expect(concatBytes(fields, signature)).toEqual(bytes);
  });

  it("is refused where something that is named is not there, comes twice, or stands in another order", async () => {
    const { identities } = evidenceParts({ maker: tess, people: [ana], said });
    expect(await faultIn({})).toBeNull();
    expect(await faultIn({ about: random(32) })).toBe("malformed");
    expect(await faultIn({ versions: [] })).toBe("malformed");
    expect(await faultIn({ versions: [small, small] })).toBe("malformed");
    expect(await faultIn({ people: [] })).toBe("malformed");
    expect(await faultIn({ identities: [ana.record.bytes] })).toBe("malformed");
    expect(await faultIn({ identities: identities.toReversed() })).toBe("malformed");
    expect(await faultIn({ identities: [...identities, ...identities.slice(-1)] })).toBe("malformed");
    expect(await faultIn({ said: [...said, ...said.slice(-1)] })).toBe("malformed");
    expect(await faultIn({ said: [await say(ana, random(32), signing("self", "Ana"))] })).toBe("malformed");
  });

  it("is refused where a statement is signed by another key than the one that it names", async () => {
    const forged = { ...ana.secret, signSeed: tess.secret.signSeed };
    expect(
      await faultIn({ said: [await say({ ...ana, secret: forged }, about, signing("self", "Ana"))] }),
    ).toBe("unverified");
  });

  it("is refused where a reason or a score is about nothing that is in it", async () => {
    const score = { kind: "understanding", asked: 4, answered: 4, firstPercent: 75, percent: 100 } as const;
    const last = said.at(-1);
    if (last === undefined) throw new Error("statements that were just made");
    const sound = await say(ana, about, { ...score, of: parseStatement(last).hash });
    const evidence = await verifyEvidence(await file({ said: [...said, sound] }));
    expect(evidence.lines[3]?.said).toEqual({ ...score, line: 2 });
    expect(await faultIn({ said: [...said, await say(ana, about, { ...score, of: about })] })).toBe(
      "unverified",
    );
  });

  it("takes the records of renewed keys from the first one on, each signed by the one before", async () => {
    const { record, secret } = await rotateIdentity({ secret: ana.secret, reason: "rotation", random });
    const renewed: Person = { name: "Ana", secret, record: parseIdentityRecord(record) };
    const statement = await say(renewed, about, signing("self", "Ana"));
    const records = (of: readonly Bytes[]) =>
      [...of, tess.record.bytes].toSorted((one, other) =>
        parseIdentityRecord(one).account < parseIdentityRecord(other).account ? -1 : 1,
      );
    const identities = records([ana.record.bytes, record]);
    const evidence = await verifyEvidence(await file({ said: [...said, statement], identities }));
    expect(evidence.lines[3]?.identity).toBe(toHex(renewed.record.hash));
    expect(await faultIn({ said: [statement], identities: records([record]) })).toBe("malformed");
    const third = await rotateIdentity({ secret, reason: "rotation", random });
    expect(await faultIn({ identities: records([ana.record.bytes, record, third.record]) })).toBeNull();
    expect(await faultIn({ identities: records([ana.record.bytes, third.record]) })).toBe("malformed");
    const stranger = await makePerson("Ana");
    const other = await rotateIdentity({ secret: stranger.secret, reason: "rotation", random });
    expect(await faultIn({ said: [], identities: records([ana.record.bytes, other.record]) })).toBe(
      "unverified",
    );
  });

  it("says where its identities stand in the key log, or that nothing shows it", async () => {
    const { identities } = evidenceParts({ maker: tess, people: [ana], said });
    const log = await logOf(identities);
    const evidence = await verifyEvidence(await file({ log }));
    expect(evidence.log).toEqual({ origin: "sotto/a", size: 5, key: toHex(log.key) });
    expect(evidence.identities.map(({ logIndex }) => logIndex)).toEqual([1, 3]);
    expect((await verifyEvidence(await file())).identities.map(({ logIndex }) => logIndex)).toEqual([
      null,
      null,
    ]);
    const [first, second] = log.places;
    if (first === undefined || second === undefined) throw new Error("two places");
    expect(await faultIn({ log: { ...log, places: [second, first] } })).toBe("unverified");
    expect(await faultIn({ log: { ...log, places: [first] } })).toBe("malformed");
    expect(await faultIn({ log: { ...log, key: await signPublicOf(random(32)) } })).toBe("unverified");
    expect(await faultIn({ log: { ...log, checkpoint: "" } })).toBe("unverified");
  });

  it("keeps a place for what its author had seen and the file leaves out", async () => {
    const [, offered = new Uint8Array(0), signed = new Uint8Array(0)] = said;
    const evidence = await verifyEvidence(await file({ said: [offered, signed] }));
    expect(evidence.lines.map(({ after }) => after)).toEqual(["missing", 0]);
  });
});
