/** Every decoder of this package, tried with mutations of what is good. `tests/tidy` sees to it that none is left out. */
import { evidenceFile, say, signing, smallAgreement } from "../testing/agreement.ts";
import { makeFamilyRoom, type FamilyRoom } from "../testing/family-room.ts";
import { fuzz, fuzzText } from "../testing/fuzz.ts";
import { idOf, makePerson, unsafeSeededRandom } from "../testing/people.ts";
import { parseEvidence } from "./agreement/evidence-file.ts";
import { encodeStatementFields, parseStatement } from "./agreement/statement.ts";
import { verifyEvidence } from "./agreement/verify-evidence.ts";
import { agreementHash, decodeAgreementVersion, encodeAgreementVersion } from "./agreement/version.ts";
import { encodeBuildManifest, parseBuildManifest } from "./build/manifest.ts";
import { signBuild, signHandOver } from "./build/sign-build.ts";
import { verifySignedBuild } from "./build/signed.ts";
import { concatBytes } from "./codec/bytes.ts";
import type { Bytes } from "./codec/bytes.ts";
import { ByteReader, decodeUtf8 } from "./codec/reader.ts";
import {
  fromBase64,
  fromBase64Url,
  fromHex,
  idFromBytes,
  idToBytes,
  toBase64,
  toBase64Url,
  toHex,
} from "./codec/text.ts";
import { ByteWriter, encodeUtf8 } from "./codec/writer.ts";
import { custodianIdentity } from "./custodian/key.ts";
import { readCustodianText, writeCustodianText } from "./custodian/public-text.ts";
import { parseShare, writeShare } from "./custodian/share-text.ts";
import { joinCustodianShares, splitCustodianKey } from "./custodian/shares.ts";
import { makeRoomArchive, readArchive, writeArchive } from "./envelope/archive.ts";
import { openBlob, openLocal, sealBlob, sealLocal } from "./envelope/blob.ts";
import { openDeviceNote, sealDeviceNote } from "./envelope/device-note.ts";
import { makeRecoveryCode, parseRecoveryCode } from "./envelope/recovery-code.ts";
import { openWrap, wrapVaultKey } from "./envelope/vault-key.ts";
import { decodeVaultState, emptyVaultState, encodeVaultState } from "./envelope/vault-state.ts";
import { fileCipher, makeFileKey, openFileChunk, sealFileChunk } from "./file/file.ts";
import { decodeFrameContent, encodeFrameContent, padFrame } from "./frame/content.ts";
import { openFrame, sealFrame } from "./frame/frame.ts";
import { parseFrameHeader } from "./frame/header.ts";
import { encodeFrameStub, parseFrameStub, stubOfFrame } from "./frame/stub.ts";
import { parseIdentityRecord } from "./identity/record.ts";
import { makeInvitation, parseFragment } from "./invitation/invitation.ts";
import { openCheckpoint, openNote, signCheckpoint } from "./log/checkpoint.ts";
import { openWithKey, sealToKey } from "./primitives/hpke.ts";
import { openSalted, sealSalted } from "./primitives/salted-seal.ts";
import { signPublicOf } from "./primitives/sign.ts";
import { decodeRoomCard, encodeRoomCard } from "./room/card.ts";
import {
  makeEndingEvent,
  makeRoomEvent,
  openGrantedPast,
  openPastEvent,
  openRoomEvent,
  type MadeRoomEvent,
} from "./room/chain.ts";
import { openCard, sealCard } from "./room/epoch-keys.ts";
import { encodeRoomHeader, joinRoomEvent, parseRoomEvent, readRoomHeader } from "./room/event.ts";
import { encodeHusk, huskOf, parseHusk } from "./room/husk.ts";
import { openPast, sealPast } from "./room/past.ts";

const random = unsafeSeededRandom("fuzz");
const key = random(32);
const headerHash = random(32);

/** A room with one event of each sort that has a form of its own. */
interface Told {
  readonly family: FamilyRoom;
  readonly events: readonly MadeRoomEvent[];
}

let told: Promise<Told> | null = null;
const tell = (): Promise<Told> => (told ??= makeTold());

async function makeTold(): Promise<Told> {
  const family = await makeFamilyRoom();
  const { card, created, identityOf, room, tess } = family;
  const next = (before: MadeRoomEvent, wish: Partial<Parameters<typeof makeRoomEvent>[0]>) =>
    makeRoomEvent({
      me: tess.secret,
      previous: before.state,
      room,
      action: "re-key",
      members: before.state.members,
      card,
      identityOf,
      random,
      ...wish,
    });
  const again = await next(created, {});
  const closed = await next(again, { action: "close" });
  const ended = await makeEndingEvent({ me: tess.secret, previous: closed.state, identityOf });
  return { family, events: [created, again, closed, ended as MadeRoomEvent] };
}

const eventBytes = async (): Promise<readonly Bytes[]> => (await tell()).events.map(({ bytes }) => bytes);

const content = {
  stream: "0011223344556677",
  sequence: 3,
  previous: { epoch: 0, hash: random(32) },
  seen: [{ stream: "8899aabbccddeeff", epoch: 0, sequence: 1, hash16: random(16) }],
  kind: 1,
  sentAt: 1_700_000_000_000,
  gossip: { size: 40, root: random(32) },
  body: encodeUtf8("hello"),
};

async function frameSamples(): Promise<readonly Bytes[]> {
  const { family } = await tell();
  const { created, ana } = family;
  const frames = await Promise.all(
    [content, { ...content, sequence: 0, previous: null, seen: [], gossip: null }].map((wish) =>
      sealFrame({
        ...wish,
        me: ana.secret,
        keys: created.keys,
        state: created.state,
        id: idOf("entry"),
        random,
      }),
    ),
  );
  return frames.map(({ bytes }) => bytes);
}

fuzz("decodeUtf8", async () => ({
  samples: [encodeUtf8("Änne, 𝕏"), encodeUtf8("")],
  read: decodeUtf8,
  write: encodeUtf8,
}));
fuzzText("fromHex", async () => ({ samples: [toHex(random(20)), ""], read: fromHex, write: toHex }));
fuzzText("fromBase64", async () => ({
  samples: [toBase64(random(20)), toBase64(random(21))],
  read: fromBase64,
  write: toBase64,
}));
fuzzText("fromBase64Url", async () => ({
  samples: [toBase64Url(random(20)), ""],
  read: fromBase64Url,
  write: toBase64Url,
}));
fuzzText("idToBytes", async () => ({ samples: [idOf("a")], read: idToBytes, write: idFromBytes }));
fuzz("idFromBytes", async () => ({ samples: [random(16)], read: idFromBytes, write: idToBytes }));

fuzz("parseIdentityRecord", async () => ({
  samples: [(await makePerson("Ana")).secret.record, (await makePerson("Ben")).secret.record],
  read: parseIdentityRecord,
}));
fuzz("decodeVaultState", async () => ({
  samples: [await vaultState(), encodeVaultState(emptyVaultState())],
  read: decodeVaultState,
}));
fuzz("readArchive", async () => ({
  samples: [archiveBytes()],
  read: (bytes) => {
    const reader = new ByteReader(bytes);
    const archive = readArchive(reader);
    reader.end();
    return archive;
  },
}));

function archiveBytes(): Bytes {
  const writer = new ByteWriter();
  writeArchive(writer, archives());
  return writer.bytes();
}

const archives = () => {
  const seeds = [0, 1, 5].map((epoch) => [epoch, random(32)] as const);
  return [makeRoomArchive("0a000000-0000-4000-8000-000000000000", 2, seeds)];
};

async function vaultState(): Promise<Bytes> {
  const { secret } = await makePerson("Ana");
  return encodeVaultState({
    ...emptyVaultState(),
    identities: [secret],
    displayName: "Ana",
    practiceName: "Elm Street",
    logPin: { origin: "sotto/a", size: 3, root: random(32) },
    contacts: [{ account: idOf("Ben"), identityHash: random(32), verified: "invitation", at: 5 }],
    heads: [{ room: idOf("room"), epoch: 2, head: random(32) }],
    settings: [{ key: "undo", value: "5" }],
    archive: archives(),
    ended: [{ room: idOf("gone"), at: 7, by: idOf("Ben") }],
  });
}

fuzz("parseRoomEvent", async () => ({
  samples: await eventBytes(),
  read: parseRoomEvent,
  write: (event) => joinRoomEvent(encodeRoomHeader(event), event, event.signature),
}));
fuzz("readRoomHeader", async () => ({ samples: await eventBytes(), read: readRoomHeader }));
fuzz("parseHusk", async () => ({
  samples: (await eventBytes()).slice(0, 3).map((bytes) => encodeHusk(huskOf(parseRoomEvent(bytes)))),
  read: parseHusk,
  write: encodeHusk,
}));
fuzz("decodeRoomCard", async () => ({
  samples: [(await tell()).family.card, custodianCard()],
  read: decodeRoomCard,
  write: encodeRoomCard,
}));

const custodianCard = (): Bytes =>
  encodeRoomCard({
    kind: "team",
    title: "",
    family: null,
    familyName: "",
    practiceName: "Practice",
    people: [{ account: idOf("Cy"), name: "Cy", role: "custodian", face: 0 }],
  });

fuzz("openRoomEvent", async () => {
  const { events, family } = await tell();
  const { identityOf, ana } = family;
  return {
    isSlow: true,
    samples: events.map(({ bytes }) => bytes),
    read: (event) =>
      openRoomEvent({ mine: [ana.secret], event, previous: "joining", previousCard: null, identityOf }),
  };
});
fuzz("openPastEvent", async () => {
  const { events, family } = await tell();
  const [first, second] = events;
  if (first === undefined || second === undefined) throw new Error("a room that was just told");
  const { card, identityOf } = family;
  return {
    isSlow: true,
    samples: [second.bytes],
    read: (event) =>
      openPastEvent({ event, previous: first.state, previousCard: card, identityOf, seed: key }),
  };
});
fuzz("openPast", async () => {
  const { secret, record } = await makePerson("Ana");
  const who = { headerHash, account: secret.account };
  const seeds = [random(32), random(32)];
  const { kemPrivate } = secret;
  if (kemPrivate === null) throw new Error("a person who was just made");
  return {
    isSlow: true,
    samples: [await sealPast({ ...who, seeds, kemPublic: record.kemPublic })],
    read: (sealed) => openPast({ ...who, sealed, kemPrivate }),
  };
});
fuzz("openGrantedPast", async () => {
  const { events, family } = await tell();
  const [, granting] = events;
  if (granting === undefined) throw new Error("a room that was just told");
  const event = parseRoomEvent(granting.bytes);
  const { ana } = family;
  return {
    isSlow: true,
    samples: [random(1168)],
    read: (sealedPast) =>
      openGrantedPast({ ...event, grant: { ...grantFor(ana.secret.account) }, sealedPast }, [ana.secret]),
  };
});

const grantFor = (account: string) => ({ account, epoch: 0, head: random(32) });

fuzz("openCard", async () => {
  const sealed = await sealCard({ key, headerHash, card: (await tell()).family.card, random });
  return { isSlow: true, samples: [sealed], read: (bytes) => openCard({ key, headerHash, sealed: bytes }) };
});
fuzz("openWithKey", async () => {
  const { secret, record } = await makePerson("Ana");
  const { kemPrivate } = secret;
  if (kemPrivate === null) throw new Error("a person who was just made");
  const at = { info: random(8), aad: random(8) };
  return {
    isSlow: true,
    samples: [await sealToKey({ ...at, kemPublic: record.kemPublic, body: random(32) })],
    read: (sealed) => openWithKey({ ...at, kemPrivate, sealed }),
  };
});
fuzz("openSalted", async () => {
  const at = { key, info: random(8), salt: random(16), aad: random(8) };
  const sealed = await sealSalted({ ...at, body: random(100) });
  return { isSlow: true, samples: [sealed], read: (bytes) => openSalted({ ...at, sealed: bytes }) };
});

fuzz("decodeFrameContent", async () => ({
  samples: [content, { ...content, sequence: 0, previous: null, seen: [], gossip: null }].map((wish) =>
    padFrame(encodeFrameContent(wish), random(64)),
  ),
  read: decodeFrameContent,
  write: ({ content: read, signature }) => padFrame(encodeFrameContent(read), signature),
}));
fuzz("parseFrameHeader", async () => ({
  samples: await frameSamples(),
  read: parseFrameHeader,
}));
fuzz("openFrame", async () => {
  const { family } = await tell();
  const { keys, state } = family.created;
  const { identityOf } = family;
  return {
    isSlow: true,
    samples: await frameSamples(),
    read: (bytes) => openFrame({ bytes, keys, state, identityOf }),
  };
});
fuzz("parseFrameStub", async () => ({
  samples: (await frameSamples()).map((bytes) => encodeFrameStub(stubOfFrame(bytes))),
  read: parseFrameStub,
  write: encodeFrameStub,
}));
fuzz("openFileChunk", async () => {
  const cipher = await fileCipher({ file: idOf("file"), key: makeFileKey(random), size: 300 });
  const { sealed } = await sealFileChunk(cipher, 0, random(300));
  return { isSlow: true, samples: [sealed], read: (bytes) => openFileChunk(cipher, 0, bytes) };
});

fuzz("openBlob", async () => {
  const place = { account: idOf("Ana"), name: "main", version: 4 };
  const blob = await sealBlob({ vaultKey: key, place, body: await vaultState(), random });
  return { isSlow: true, samples: [blob], read: (bytes) => openBlob({ vaultKey: key, place, blob: bytes }) };
});
fuzz("openLocal", async () => {
  const sealed = await sealLocal({ key, name: "vault", body: random(40), random });
  return {
    isSlow: true,
    samples: [sealed],
    read: (bytes) => openLocal({ key, name: "vault", sealed: bytes }),
  };
});
fuzz("openWrap", async () => {
  const place = { account: idOf("Ana"), kind: "passkey", factor: idOf("factor"), generation: 1 } as const;
  const wrap = await wrapVaultKey({ kek: key, vaultKey: random(32), place, random });
  return { isSlow: true, samples: [wrap], read: (bytes) => openWrap({ kek: key, wrap: bytes, place }) };
});
fuzz("openDeviceNote", async () => {
  const place = { account: idOf("Ana"), session: idOf("session") };
  const note = {
    browser: "firefox",
    system: "android",
    timeZone: "Europe/Berlin",
    device: idOf("device"),
  } as const;
  const sealed = await sealDeviceNote({ vaultKey: key, place, note, random });
  return {
    isSlow: true,
    samples: [sealed],
    read: (bytes) => openDeviceNote({ vaultKey: key, place, sealed: bytes }),
  };
});

fuzzText("openNote", async () => {
  const { text, publicKey } = await checkpointText();
  return { isSlow: true, samples: [text], read: (note) => openNote({ note, name: "sotto/a", publicKey }) };
});
fuzzText("openCheckpoint", async () => {
  const { text, publicKey } = await checkpointText();
  return {
    isSlow: true,
    samples: [text],
    read: (changed) => openCheckpoint({ text: changed, origin: "sotto/a", publicKey }),
  };
});

async function checkpointText(): Promise<{ readonly text: string; readonly publicKey: Bytes }> {
  const checkpoint = { origin: "sotto/a", size: 9, root: random(32) };
  return {
    text: await signCheckpoint({ checkpoint, signSeed: key }),
    publicKey: await signPublicOf(key),
  };
}

fuzzText("parseFragment", async () => {
  const words = { practiceName: "Elm", inviterName: "Ada", inviteeName: "Ben", role: "adult" } as const;
  const { fragment } = await makeInvitation({ id: idOf("invitation"), inviter: random(32), words, random });
  return { isSlow: true, samples: [fragment], read: parseFragment };
});
fuzzText("parseRecoveryCode", async () => ({
  samples: [makeRecoveryCode(random)],
  read: parseRecoveryCode,
}));
fuzzText("readCustodianText", async () => ({
  isSlow: true,
  samples: [writeCustodianText((await custodianIdentity(key)).record)],
  read: readCustodianText,
}));
fuzzText("parseShare", async () => ({
  samples: (await splitCustodianKey(key)).map((share) => writeShare(share).join("\n")),
  read: parseShare,
}));
fuzz("joinCustodianShares", async () => {
  const shares = await splitCustodianKey(key);
  return {
    isSlow: true,
    samples: shares.map(({ share }) => share),
    read: (share) =>
      joinCustodianShares(shares.map((other, place) => (place === 0 ? { ...other, share } : other))),
  };
});

const build = {
  number: 7,
  release: "0.1.0",
  files: ["/index.html", "/assets/a-1.js"].map((path) => ({ path, size: 9, hash: random(32) })),
};
fuzz("parseBuildManifest", async () => ({ samples: [encodeBuildManifest(build)], read: parseBuildManifest }));
fuzz("verifySignedBuild", async () => {
  const [seed, next] = [random(32), random(32)];
  const handOver = await signHandOver({ signSeed: seed, to: await signPublicOf(next) });
  const samples = await Promise.all([
    signBuild({ ...build, handOvers: [], signSeed: seed }),
    signBuild({ ...build, handOvers: [handOver], signSeed: next }),
  ]);
  return { isSlow: true, samples, read: verifySignedBuild };
});

fuzz("decodeAgreementVersion", async () => ({
  samples: [smallAgreement, { ...smallAgreement, template: null, words: [], parties: [] }].map(
    encodeAgreementVersion,
  ),
  read: decodeAgreementVersion,
  write: encodeAgreementVersion,
}));
fuzz("parseStatement", async () => {
  const ana = await makePerson("Ana");
  const people = [{ person: idOf("a"), account: idOf("b"), known: "invitation" } as const];
  return {
    samples: await Promise.all([
      say(ana, key, signing("guardian", "Tom")),
      say(ana, key, { kind: "named", people }),
      say(ana, key, { kind: "suspended", also: [idOf("a"), idOf("b")] }, { after: key }),
      say(ana, key, { kind: "reason", of: key, text: "Not yet." }),
    ]),
    read: parseStatement,
    write: (statement) => concatBytes(encodeStatementFields(statement), statement.signature),
  };
});
const evidence = async (): Promise<Bytes> => {
  const [tess, ana] = [await makePerson("Tess"), await makePerson("Ana")];
  const about = agreementHash(encodeAgreementVersion(smallAgreement));
  const said = [await say(tess, about, { kind: "offered" }), await say(ana, about, signing("self", "Ana"))];
  return evidenceFile({ maker: tess, people: [ana], said });
};
fuzz("parseEvidence", async () => ({ samples: [await evidence()], read: parseEvidence }));
fuzz("verifyEvidence", async () => ({
  isSlow: true,
  samples: [await evidence()],
  read: verifyEvidence,
}));
