/**
 * Writes the golden files that are not there yet. Never overwrites one: a format that changed has a new label and a new
 * file. Run by hand: node tests/vectors/make.ts
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vault from "@sotto/vault";
import type { Bytes, IdentitySecret, Random, RoomAction, RoomMember, WholeIdentity } from "@sotto/vault";
import { drawing, identityOfPeople, readVectors, secretOf } from "./shapes.ts";
import type {
  AgreementVectors,
  BuildVectors,
  CustodianVectors,
  DeviceNoteVectors,
  EndingVectors,
  EnvelopeVectors,
  FileVector,
  FileVectors,
  FrameVector,
  FrameVectors,
  GrantVectors,
  IdentityVectors,
  InvitationVectors,
  LogVectors,
  OpeningVectors,
  PersonVector,
  RenewedStateVectors,
  RoomEventVector,
  RoomVectors,
  StatementVector,
  StubVectors,
} from "./shapes.ts";

const { toHex, fromHex } = vault;

let counter = 0;
/** SHA-256 of a counter: nothing up a sleeve, and nothing secret. */
const random: Random = (count) => {
  const blocks: Bytes[] = [];
  for (let length = 0; length < count; length += 32) {
    blocks.push(vault.sha256(new TextEncoder().encode(`sotto golden vectors ${counter}`)));
    counter += 1;
  }
  return vault.concatBytes(...blocks).slice(0, count);
};
const randomHex = (count: number): string => toHex(random(count));
const randomId = (): string => vault.idFromBytes(random(16));

const write = async (name: string, make: () => Promise<unknown>): Promise<void> => {
  const path = join(import.meta.dirname, `${name}.json`);
  counter += 1_000_000;
  if (existsSync(path)) return;
  writeFileSync(path, `${JSON.stringify(await make(), null, 1)}\n`, { flag: "wx" });
};

const personVector = (secret: WholeIdentity): PersonVector => {
  const record = vault.parseIdentityRecord(secret.record);
  return {
    account: secret.account,
    generation: secret.generation,
    signSeed: toHex(secret.signSeed),
    kemPrivate: toHex(secret.kemPrivate),
    record: toHex(secret.record),
    hash: toHex(record.hash),
    signPublic: toHex(record.signPublic),
    kemPublic: toHex(record.kemPublic),
    previous: record.previous === null ? null : toHex(record.previous),
    reason: record.reason,
  };
};

/** Keeper, member, member, and the keeper's next generation. */
const makeIdentityVectors = async (): Promise<IdentityVectors> => {
  const first = await Promise.all([1, 2, 3].map(() => vault.makeIdentity({ account: randomId(), random })));
  const [keeper] = first;
  if (keeper === undefined) throw new Error("no keeper");
  const next = await vault.rotateIdentity({ secret: keeper.secret, reason: "rotation", random });
  const people = [...first, next].map(({ secret }) => personVector(secret));
  const pairs = people.flatMap((a, index) => people.slice(index + 1).map((b) => ({ a: a.hash, b: b.hash })));
  const digits = pairs.map(({ a, b }) => ({ a, b, digits: vault.safetyNumber(fromHex(a), fromHex(b)) }));
  return { people, safetyNumbers: digits };
};

const makeEnvelopeVectors = async (people: readonly PersonVector[]): Promise<EnvelopeVectors> => {
  const [ana, ben] = people;
  if (ana === undefined || ben === undefined) throw new Error("no people");
  const vaultKey = random(32);
  const prf = { prf: random(32), credentialId: random(20) };
  const opaque = { exportKey: random(64), factor: randomId() };
  const recoveryRandom = randomHex(26);
  const code = vault.makeRecoveryCode(drawing(recoveryRandom));
  const { lookup, proof, kek: recoveryKek } = await vault.recoveryKeys(code);
  const kek = await vault.kekFromPrf(prf);
  const place = { account: ana.account, kind: "passkey" as const, factor: randomId(), generation: 0 };
  const [wrapSalt, blobSalt, localSalt] = [randomHex(16), randomHex(16), randomHex(16)];
  const blobPlace = { account: ana.account, name: "vault", version: 7 };
  const body = new TextEncoder().encode("golden");
  const key = await vault.localKey(vaultKey);
  const state: vault.VaultState = {
    identities: [secretOf(ana)],
    logPin: { origin: "sotto/golden", size: 7, root: random(32) },
    logPublicKey: random(32),
    opaqueServerKey: random(32),
    contacts: [
      { account: ben.account, identityHash: fromHex(ben.hash), verified: "in-person", at: 1_795_000_000_000 },
    ],
    heads: [{ room: randomId(), epoch: 3, head: random(32) }],
    displayName: "Änne",
    practiceName: "Praxis am See",
    recoveryProvedAt: 1_795_000_000_001,
    settings: [{ key: "theme", value: "dark" }],
    destroyedBelow: 0,
    archive: [],
    renewalDue: null,
    renewedAt: null,
    ended: [],
  };
  return {
    prfSalt: toHex(vault.VAULT_PRF_SALT),
    vaultKey: toHex(vaultKey),
    kekFromPrf: { prf: toHex(prf.prf), credentialId: toHex(prf.credentialId), kek: toHex(kek) },
    kekFromOpaque: {
      exportKey: toHex(opaque.exportKey),
      factor: opaque.factor,
      kek: toHex(await vault.kekFromOpaque(opaque)),
    },
    recovery: {
      random: recoveryRandom,
      code,
      lookup: toHex(lookup),
      proof: toHex(proof),
      kek: toHex(recoveryKek),
    },
    wrap: {
      kek: toHex(kek),
      ...place,
      salt: wrapSalt,
      wrap: toHex(await vault.wrapVaultKey({ kek, vaultKey, place, random: drawing(wrapSalt) })),
    },
    blob: {
      ...blobPlace,
      salt: blobSalt,
      body: toHex(body),
      blob: toHex(await vault.sealBlob({ vaultKey, place: blobPlace, body, random: drawing(blobSalt) })),
    },
    local: {
      key: toHex(key),
      name: "frames/1",
      salt: localSalt,
      body: toHex(body),
      sealed: toHex(await vault.sealLocal({ key, name: "frames/1", body, random: drawing(localSalt) })),
    },
    state: {
      bytes: toHex(vault.encodeVaultState(state)),
      displayName: state.displayName,
      logSize: 7,
      contacts: 1,
      heads: 1,
      settings: 1,
    },
  };
};

/** `closing`: a room that is closed, goes on being kept, and is opened again; its events have a header of version 2. */
const makeRoomVectors = async (
  people: readonly PersonVector[],
  story: "changing" | "closing",
): Promise<RoomVectors> => {
  const [keeper, ana, ben, keeperNext] = people.map(secretOf);
  if (keeper === undefined || ana === undefined || ben === undefined || keeperNext === undefined)
    throw new Error("no people");
  const identityOf = identityOfPeople(people);
  const room = randomId();
  const card: vault.RoomCard = {
    kind: "family",
    title: "See",
    family: randomId(),
    familyName: "See",
    practiceName: "Praxis am See",
    people: [
      { account: keeper.account, name: "Tess", role: "therapist", face: 1 },
      { account: ana.account, name: "Änne", role: "teen", face: 2 },
    ],
  };
  const cardBytes = vault.encodeRoomCard(card);
  const place = (secret: IdentitySecret, role: RoomMember["role"]): RoomMember =>
    vault.memberEntry(secret, role);
  type Step = { action: RoomAction; me: IdentitySecret; members: readonly RoomMember[] };
  const two = [place(keeper, "keeper"), place(ana, "member")];
  const three = [...two, place(ben, "reader")];
  const closing: readonly Step[] = [
    { action: "create", me: keeper, members: two },
    { action: "close", me: keeper, members: two },
    { action: "add", me: keeper, members: three },
    { action: "re-key", me: ana, members: three },
    { action: "reopen", me: keeper, members: three },
    { action: "remove", me: keeper, members: two },
  ];
  const changing: readonly Step[] = [
    { action: "create", me: keeper, members: [place(keeper, "keeper"), place(ana, "member")] },
    {
      action: "add",
      me: keeper,
      members: [place(keeper, "keeper"), place(ana, "member"), place(ben, "member")],
    },
    {
      action: "re-key",
      me: ana,
      members: [place(keeper, "keeper"), place(ana, "member"), place(ben, "member")],
    },
    {
      action: "re-key",
      me: keeper,
      members: [place(keeperNext, "keeper"), place(ana, "member"), place(ben, "member")],
    },
    {
      action: "role",
      me: keeperNext,
      members: [place(keeperNext, "keeper"), place(ana, "member"), place(ben, "reader")],
    },
    { action: "remove", me: keeperNext, members: [place(keeperNext, "keeper"), place(ana, "member")] },
  ];
  const events: RoomEventVector[] = [];
  let previous: vault.RoomState | null = null;
  for (const { action, me, members } of story === "changing" ? changing : closing) {
    const wish: vault.RoomEventWish = {
      me,
      previous,
      room,
      action,
      members,
      card: cardBytes,
      identityOf,
      random,
    };
    const made = await vault.makeRoomEvent(wish);
    previous = made.state;
    events.push({
      action,
      author: me.account,
      epoch: made.state.epoch,
      members: made.state.members.map((member) => ({ ...member, identity: toHex(member.identity) })),
      ...(made.state.closed || action === "reopen" ? { closed: made.state.closed } : {}),
      bytes: toHex(made.bytes),
      hash: toHex(made.state.head),
      content: toHex(made.keys.content),
      cardKey: toHex(made.keys.card),
      file: toHex(made.keys.file),
    });
  }
  return { room, card, cardBytes: toHex(cardBytes), events, suite: "647a-0003-0002" };
};

const makeGrantVectors = async (
  people: readonly PersonVector[],
  rooms: RoomVectors,
): Promise<GrantVectors> => {
  const identityOf = identityOfPeople(people);
  const secrets = people.map(secretOf);
  const last = rooms.events.at(-1);
  const me = secrets.find(({ account, generation }) => account === last?.author && generation === 1);
  const ana = last?.members.find(({ role }) => role === "member");
  const from = 2;
  if (me === undefined || ana === undefined) throw new Error("no people");
  let previous: vault.RoomState | null = null;
  let head = new Uint8Array(32);
  const seeds: Bytes[] = [];
  for (const event of rooms.events) {
    const opened = await vault.openRoomEvent({
      mine: secrets.filter(({ account }) => account === ana.account),
      event: fromHex(event.bytes),
      previous,
      previousCard: fromHex(rooms.cardBytes),
      identityOf,
    });
    if (opened.kind !== "opened") throw new Error("a room that opens");
    previous = opened.state;
    if (event.epoch === from) head = new Uint8Array(opened.state.head);
    if (event.epoch >= from) seeds.push(opened.seed);
  }
  const made = await vault.makeRoomEvent({
    me,
    previous,
    room: rooms.room,
    action: "grant-history",
    members: previous?.members ?? [],
    card: fromHex(rooms.cardBytes),
    identityOf,
    random,
    past: { account: ana.account, epoch: from, head, seeds },
  });
  return {
    account: ana.account,
    from,
    seeds: seeds.map((seed) => toHex(seed)),
    event: toHex(made.bytes),
    hash: toHex(made.state.head),
  };
};

const makeFrameVectors = async (
  people: readonly PersonVector[],
  rooms: RoomVectors,
): Promise<FrameVectors> => {
  const [event] = rooms.events;
  const ana = people.map(secretOf)[1];
  if (event === undefined || ana === undefined) throw new Error("no event");
  const members = event.members.map((member) => ({ ...member, identity: fromHex(member.identity) }));
  const state: vault.RoomState = {
    room: rooms.room,
    epoch: 0,
    head: fromHex(event.hash),
    members,
    closed: false,
    ended: false,
  };
  const keys: vault.EpochKeys = {
    room: rooms.room,
    epoch: 0,
    head: fromHex(event.hash),
    content: fromHex(event.content),
    card: fromHex(event.cardKey),
    file: fromHex(event.file),
  };
  const stream = randomHex(8);
  const frames: FrameVector[] = [];
  const bodies = ["", "Guten Abend", "x".repeat(700), "x".repeat(5000), "x".repeat(20_000)];
  for (const [sequence, body] of bodies.entries()) {
    const before = frames.at(-1);
    const salt = randomHex(16);
    const vector = {
      id: randomId(),
      stream,
      sequence,
      previous: before === undefined ? null : { epoch: 0, hash: before.hash },
      seen: sequence < 2 ? [] : [{ stream: randomHex(8), epoch: 0, sequence: 9, hash16: randomHex(16) }],
      kind: sequence + 1,
      sentAt: 1_795_000_000_000 + sequence,
      gossip: sequence === 0 ? null : { size: 7, root: randomHex(32) },
      body: toHex(new TextEncoder().encode(body)),
    };
    const { bytes, hash } = await vault.sealFrame({
      ...vector,
      previous: vector.previous === null ? null : { epoch: 0, hash: fromHex(vector.previous.hash) },
      seen: vector.seen.map((entry) => ({ ...entry, hash16: fromHex(entry.hash16) })),
      gossip: vector.gossip === null ? null : { size: 7, root: fromHex(vector.gossip.root) },
      body: fromHex(vector.body),
      me: ana,
      keys,
      state,
      random: drawing(salt),
    });
    frames.push({ author: ana.account, epoch: 0, ...vector, salt, bytes: toHex(bytes), hash: toHex(hash) });
  }
  return { frames };
};

const makeLogVectors = async (): Promise<LogVectors> => {
  const size = 11;
  const hash = randomHex(32);
  const coverRandom = randomHex(32);
  const [room, account] = [randomId(), randomId()];
  const roomHead = { room, epoch: 3, hash: fromHex(hash) };
  const vaultHead = { account, name: "vault", version: 7, hash: fromHex(hash) };
  const hashes = Array.from({ length: size }, (_, index) =>
    vault.leafHash(vault.identityLeaf(vault.sha256(Uint8Array.of(index)))),
  );
  const nodes = new Map<string, Bytes>();
  const readNode: vault.ReadNode = (level, index) =>
    Promise.resolve(nodes.get(`${level}/${index}`) ?? new Uint8Array(0));
  const grown = await vault.appendLeaves({ size: 0, leaves: hashes, readNode });
  for (const node of grown.nodes) nodes.set(`${node.level}/${node.index}`, node.hash);
  const sizes = Array.from({ length: size + 1 }, (_, index) => index);
  const roots = await Promise.all(sizes.map(async (each) => toHex(await vault.rootAt(each, readNode))));
  const inclusion = sizes.slice(0, size).map(async (index) => ({
    index,
    size,
    proof: (await vault.inclusionProof({ index, size, readNode })).map(toHex),
  }));
  const consistency = sizes.map(async (from) => ({
    from,
    to: size,
    proof: (await vault.consistencyProof({ from, to: size, readNode })).map(toHex),
  }));
  const signSeed = random(32);
  const checkpoint = { origin: "sotto/golden", size, root: fromHex(roots[size] ?? "") };
  return {
    leaves: {
      identity: { hash, data: toHex(vault.identityLeaf(fromHex(hash))) },
      roomHead: { ...roomHead, hash, data: toHex(vault.roomHeadLeaf(roomHead)) },
      vaultHead: { ...vaultHead, hash, data: toHex(vault.vaultHeadLeaf(vaultHead)) },
      cover: { random: coverRandom, data: toHex(vault.coverLeaf(drawing(coverRandom))) },
    },
    leafHashes: hashes.map(toHex),
    roots,
    inclusion: await Promise.all(inclusion),
    consistency: await Promise.all(consistency),
    checkpoint: {
      ...checkpoint,
      root: toHex(checkpoint.root),
      signSeed: toHex(signSeed),
      publicKey: toHex(await vault.signPublicOf(signSeed)),
      text: await vault.signCheckpoint({ checkpoint, signSeed }),
    },
  };
};

const makeStubVectors = ({ frames }: FrameVectors): StubVectors => ({
  stubs: frames.map((frame) => {
    const stub = vault.stubOfFrame(fromHex(frame.bytes));
    return { ...stub, hash: toHex(stub.hash), bytes: toHex(vault.encodeFrameStub(stub)) };
  }),
});

const makeInvitationVectors = async (): Promise<InvitationVectors> => {
  const [id, inviter, joiner, secret, salt] = [randomId(), random(32), random(32), random(32), randomHex(16)];
  const words = {
    practiceName: "Praxis am See",
    inviterName: "Tess",
    inviteeName: "Änne",
    role: "teen",
  } as const;
  const token = await vault.invitationToken({ id, secret });
  return {
    id,
    inviter: toHex(inviter),
    joiner: toHex(joiner),
    words,
    secret: toHex(secret),
    salt,
    fragment: await vault.makeFragment({ id, secret, inviter, words, random: drawing(salt) }),
    token: toHex(token),
    tokenHash: toHex(vault.tokenHashOf(token)),
    proof: toHex(await vault.acceptanceProof({ secret, invitation: id, inviter, joiner })),
  };
};

const makeFileVector = async (size: number): Promise<FileVector> => {
  const [file, key] = [randomId(), random(32)];
  const cipher = await vault.fileCipher({ file, key, size });
  const sealed = await Promise.all(
    Array.from({ length: cipher.chunks }, (_, index) => {
      const start = index * vault.FILE_CHUNK_BYTES;
      const content = new Uint8Array(vault.fileContentBytes(size, index));
      return vault.sealFileChunk(
        cipher,
        index,
        content.map((_byte, at) => (start + at) * 7),
      );
    }),
  );
  const hashes = sealed.map(({ hash }) => hash);
  return {
    file,
    key: toHex(key),
    size,
    stored: vault.storedFileBytes(size),
    chunks: sealed.map((chunk) => ({
      length: chunk.sealed.length,
      start: toHex(chunk.sealed.slice(0, 32)),
      hash: toHex(chunk.hash),
    })),
    hash: toHex(vault.fileHash({ file, size }, hashes)),
  };
};

const makeFileVectors = async (): Promise<FileVectors> => ({
  files: [await makeFileVector(0), await makeFileVector(65_537), await makeFileVector(2_500_000)],
});

const makeDeviceNoteVectors = async (): Promise<DeviceNoteVectors> => {
  const vaultKey = random(32);
  const [account, session, device] = [randomId(), randomId(), randomId()];
  const salt = randomHex(16);
  const note = { device, browser: "firefox", system: "android", timeZone: "Europe/Berlin" } as const;
  const place = { account, session };
  const sealed = await vault.sealDeviceNote({ vaultKey, place, note, random: drawing(salt) });
  return { vaultKey: toHex(vaultKey), account, session, salt, note, sealed: toHex(sealed) };
};

const makeEndingVectors = async (
  people: readonly PersonVector[],
  closing: RoomVectors,
  others: readonly string[],
): Promise<EndingVectors> => {
  const closed = closing.events.find(({ action }) => action === "close");
  const keeper = closed?.members.find(({ role }) => role === "keeper");
  const me = people.map(secretOf).find(({ account }) => account === keeper?.account);
  if (closed === undefined || me === undefined) throw new Error("no keeper");
  const made = await vault.makeEndingEvent({
    me,
    previous: {
      room: closing.room,
      epoch: closed.epoch,
      head: fromHex(closed.hash),
      members: closed.members.map((member) => ({ ...member, identity: fromHex(member.identity) })),
      closed: true,
      ended: false,
    },
    identityOf: identityOfPeople(people),
  });
  const events = [...closing.events.map(({ bytes }) => bytes), ...others];
  const huskText = (event: string): string =>
    toHex(vault.encodeHusk(vault.huskOf(vault.parseRoomEvent(fromHex(event)))));
  return {
    author: me.account,
    event: toHex(made.bytes),
    hash: toHex(made.state.head),
    husks: events.map((event) => ({ event, husk: huskText(event) })),
  };
};

const makeOpeningVectors = async (
  people: readonly PersonVector[],
  { card, events, room }: RoomVectors,
): Promise<OpeningVectors> => {
  const before = events.find(({ action }) => action === "reopen");
  const reader = before?.members.find(({ role }) => role === "reader");
  const me = people.map(secretOf).find(({ account }) => account === reader?.account);
  if (before === undefined || me === undefined) throw new Error("no reader");
  const allowedBy = people[0]?.account ?? null;
  const opening = { reason: "law", allowedBy } as const;
  const made = await vault.makeOpeningEvent({
    me,
    previous: {
      room,
      epoch: before.epoch,
      head: fromHex(before.hash),
      members: before.members.map((member) => ({ ...member, identity: fromHex(member.identity) })),
      closed: false,
      ended: false,
    },
    opening,
    identityOf: identityOfPeople(people),
    random,
  });
  const { content, file } = made.keys;
  const custodian = { account: me.account, name: "Für die Dauer", role: "custodian", face: 9 } as const;
  const named = { ...card, people: [...card.people, custodian] };
  return {
    author: me.account,
    ...opening,
    event: toHex(made.bytes),
    hash: toHex(made.state.head),
    content: toHex(content),
    file: toHex(file),
    card: named,
    cardBytes: toHex(vault.encodeRoomCard(named)),
  };
};

const makeCustodianVectors = async (): Promise<CustodianVectors> => {
  const key = random(32);
  const challenge = random(32);
  const me = await vault.custodianIdentity(key);
  const shares = await vault.splitCustodianKey(key);
  return {
    key: toHex(key),
    tag: toHex(shares[0]?.tag ?? random(16)),
    account: me.account,
    signSeed: toHex(me.signSeed),
    kemPrivate: toHex(me.kemPrivate),
    record: toHex(me.record),
    text: vault.writeCustodianText(me.record),
    sheets: shares.map((share) => ({
      number: share.number,
      share: toHex(share.share),
      lines: [...vault.writeShare(share)],
    })),
    challenge: toHex(challenge),
    signature: toHex(await vault.signCustody(me, challenge)),
  };
};

/** A vault whose older sealing key is destroyed: two rooms that go on, one that this person left, one that was ended. */
const makeRenewedStateVectors = async (people: readonly PersonVector[]): Promise<RenewedStateVectors> => {
  const [older, newest] = [people[0], people[3]];
  if (older === undefined || newest === undefined) throw new Error("nobody who has renewed their keys");
  const [gap = "", left = "", whole = ""] = [randomId(), randomId(), randomId()].toSorted();
  const ended = { room: randomId(), at: 1_795_000_000_002, by: randomId() };
  const seed = () => randomHex(32);
  const archive = [
    {
      room: gap,
      floor: 0,
      runs: [
        { first: 1, seeds: [seed()] },
        { first: 3, seeds: [seed()] },
      ],
    },
    { room: left, floor: 9, runs: [] },
    { room: whole, floor: 2, runs: [{ first: 2, seeds: [seed(), seed()] }] },
  ];
  const state: vault.VaultState = {
    ...vault.emptyVaultState(),
    identities: [{ ...secretOf(older), kemPrivate: null }, secretOf(newest)],
    destroyedBelow: 1,
    archive: archive.map(({ runs, ...of }) => ({
      ...of,
      runs: runs.map((run) => ({ ...run, seeds: run.seeds.map(fromHex) })),
    })),
    renewalDue: { generation: 0, since: 1_795_000_000_003 },
    renewedAt: 1_795_000_000_004,
    ended: [ended],
  };
  return {
    bytes: toHex(vault.encodeVaultState(state)),
    account: newest.account,
    archive,
    renewalDue: { generation: 0, since: 1_795_000_000_003 },
    renewedAt: 1_795_000_000_004,
    ended: [ended],
  };
};

/** A build of three files, signed by a key to which another was handed over. */
const makeBuildVectors = async (): Promise<BuildVectors> => {
  const [firstSeed, signSeed] = [random(32), random(32)];
  const builder = await vault.signPublicOf(signSeed);
  const handOver = await vault.signHandOver({ signSeed: firstSeed, to: builder });
  const files = ["/assets/app-0f1e.js", "/guard-00112233445566ff.js", "/index.html"].map((path, index) => ({
    path,
    size: 1_000 * index + 1,
    hash: randomHex(32),
  }));
  const build = { number: 1_795_000_000, release: "0.1.0" };
  const bytes = await vault.signBuild({
    ...build,
    files: files.map(({ hash, ...file }) => ({ ...file, hash: fromHex(hash) })),
    handOvers: [handOver],
    signSeed,
  });
  const { manifest } = await vault.verifySignedBuild(bytes);
  return {
    ...build,
    files,
    signSeed: toHex(signSeed),
    handOver: {
      from: toHex(handOver.from),
      fromSeed: toHex(firstSeed),
      signature: toHex(handOver.signature),
      to: toHex(handOver.to),
    },
    contents: toHex(vault.encodeBuildContents(manifest.files)),
    code: toHex(manifest.code),
    manifestHash: toHex(manifest.hash),
    bytes: toHex(bytes),
    leaf: toHex(vault.buildLeaf({ builder, manifest: manifest.hash })),
  };
};

/** An agreement of a couple with their therapist: who is who, the offer, two signatures and a score, and the file of it all. */
const makeAgreementVectors = async (people: readonly PersonVector[]): Promise<AgreementVectors> => {
  const [tess, ana, ben] = [randomId(), randomId(), randomId()];
  const fields = coupleAgreement({ tess, ana, ben });
  const bytes = vault.encodeAgreementVersion(fields);
  const about = vault.agreementHash(bytes);
  const accountOf = (author: number): string => people[author]?.account ?? "";
  const persons = [tess, ana, ben];
  const statements: StatementVector[] = [];
  const start = 1_900_000_000_000;
  const say = async (author: number, after: number | null, said: Record<string, unknown>): Promise<void> => {
    const person = people[author];
    if (person === undefined) throw new Error("somebody in identity.json");
    const [at, heardAt] = [start + statements.length * 60_000, start + statements.length * 60_000 + 900];
    const hashOf = (place: unknown): Bytes => fromHex(statements[Number(place)]?.hash ?? "");
    const meant = "of" in said && typeof said["of"] === "number" ? { ...said, of: hashOf(said["of"]) } : said;
    const by = persons[author] ?? "";
    const made = await vault.signStatement(secretOf(person), {
      about,
      by,
      at,
      after: after === null ? null : hashOf(after),
      // Written by hand below, each with the fields of its kind.
      said: meant as vault.Said,
    });
    statements.push({
      author,
      by,
      at,
      after,
      said,
      heardAt,
      bytes: toHex(made),
      hash: toHex(vault.sha256(made)),
    });
  };
  const signed = (of: string) => ({
    kind: "signed",
    as: "self",
    of,
    language: "en",
    reader: "adult",
    openedAt: start - 600_000,
    explained: "together",
    ticked: ["policy", "limits", "promises", "messages"],
    onScreen: "agreed",
    interpreter: of === ben ? "Español" : null,
  });
  const named = [1, 2].map((author) => ({
    person: persons[author] ?? "",
    account: accountOf(author),
    known: "in-person",
  }));
  await say(0, null, { kind: "named", people: named.toSorted((a, b) => (a.person < b.person ? -1 : 1)) });
  await say(0, 0, { kind: "offered" });
  await say(1, 1, signed(ana));
  await say(1, 2, { kind: "understanding", of: 2, asked: 4, answered: 4, firstPercent: 75, percent: 100 });
  await say(2, 2, signed(ben));
  await say(1, 2, signed(ana));
  await say(2, 4, { kind: "signed-with", of: 4, device: "phone", utcOffsetMinutes: -480, mark: null });
  await say(0, 4, { kind: "witnessed", of: 2, name: "Wanda Reyes" });
  await say(2, 4, { kind: "delivered", form: "pdf" });
  const identities = [0, 1, 2].toSorted((a, b) => (accountOf(a) < accountOf(b) ? -1 : 1));
  const log = await logOfRecords(identities.map((author) => fromHex(people[author]?.hash ?? "")));
  const madeAt = start + 3_600_000;
  const fileOf = async (lines: readonly number[], shown: vault.EvidenceParts["log"]): Promise<string> =>
    toHex(
      await vault.signEvidence(secretOf(people[1] ?? notThere()), {
        about,
        versions: [bytes],
        identities: identities.map((author) => fromHex(people[author]?.record ?? "")),
        lines: lines
          .map((place) => statements[place] ?? notThere())
          .map((one) => ({ heardAt: one.heardAt, statement: fromHex(one.bytes) })),
        log: shown,
        madeAt,
      }),
    );
  const [whole, waiting] = [
    [0, 1, 2, 3, 4, 6, 7, 8],
    [0, 1, 2, 3, 5],
  ] as const;
  return {
    fields,
    bytes: toHex(bytes),
    hash: toHex(about),
    version: vault.agreementVersionId(about),
    statements,
    identities,
    log: {
      publicKey: toHex(log.key),
      checkpoint: log.checkpoint,
      places: log.places.map(({ index, proof }) => ({ index, proof: proof.map(toHex) })),
    },
    madeAt,
    maker: 1,
    lines: [...whole],
    file: await fileOf(whole, log),
    waiting: { lines: [...waiting], file: await fileOf(waiting, null) },
  };
};

const notThere = (): never => {
  throw new Error("somebody in identity.json");
};

/** A log in which these records stand behind one cover leaf each. */
const logOfRecords = async (hashes: readonly Bytes[]): Promise<NonNullable<vault.EvidenceParts["log"]>> => {
  const signSeed = random(32);
  const leaves = hashes.flatMap((hash) => [vault.coverLeaf(random), vault.identityLeaf(hash)]);
  const nodes = new Map<string, Bytes>();
  const readNode: vault.ReadNode = (level, index) =>
    Promise.resolve(nodes.get(`${level}/${index}`) ?? new Uint8Array(0));
  const grown = await vault.appendLeaves({
    size: 0,
    leaves: leaves.map((leaf) => vault.leafHash(leaf)),
    readNode,
  });
  for (const node of grown.nodes) nodes.set(`${node.level}/${node.index}`, node.hash);
  const { size } = grown;
  const checkpoint = { origin: "sotto/golden", size, root: await vault.rootAt(size, readNode) };
  const places = hashes.map(async (_hash, place) => {
    const index = place * 2 + 1;
    return { index, proof: await vault.inclusionProof({ index, size, readNode }) };
  });
  return {
    key: await vault.signPublicOf(signSeed),
    checkpoint: await vault.signCheckpoint({ checkpoint, signSeed }),
    places: await Promise.all(places),
  };
};

const SAID_PARTS = [
  "client",
  "policy",
  "contacts",
  "telling",
  "limits",
  "earlier",
  "outsiders",
  "promises",
  "records",
  "court",
  "messages",
  "change",
  "worries",
] as const;

const coupleAgreement = (who: { tess: string; ana: string; ben: string }): vault.AgreementFields => ({
  agreement: randomId(),
  family: randomId(),
  number: 1,
  template: { template: "couple", version: 1 },
  on: { year: 2030, month: 3, day: 1 },
  parties: [
    { person: who.ana, name: "Ana", role: "adult", signs: true, born: null },
    { person: who.ben, name: "Ben", role: "adult", signs: true, born: { year: 1990, month: 2, day: 28 } },
  ],
  therapists: [who.tess],
  places: [
    {
      code: "US-CA",
      name: "California",
      minorAge: 12,
      hasConditions: true,
      telling: ["professional-may-tell"],
      citation: "Cal. Fam. Code 6924",
      verified: false,
      asOf: "2024-07-01",
    },
  ],
  choices: {
    client: { kind: "unit" },
    policy: { kind: "limited", categories: ["affair", "money"] },
    contacts: [
      "individual-session",
      "call",
      "text",
      "email",
      "message",
      "note",
      "social-media",
      "third-party",
    ],
    telling: { graceUnit: "sessions", graceCount: 3, ifNotTold: "end" },
    limits: ["child-abuse", "adult-abuse", "danger-to-self", "danger-to-others", "court-order"],
    earlier: "stays-private",
    outsiders: {
      release: "everyone",
      teensSign: false,
      exceptions: ["emergency"],
      confiding: "named-supporters",
      supporters: [{ of: who.ana, name: "Ruth", about: "own-words" }],
    },
    promises: {
      recordings: "nobody",
      screenshots: "nobody",
      markedViews: true,
      socialMedia: "nothing",
      notInCourt: true,
    },
    records: {
      form: "one",
      access: "all-agree",
      retention: {
        place: "us-ca",
        title: "California",
        citation: "Cal. Bus. & Prof. Code 4980.49",
        verified: false,
        asOf: "2018",
        familyMonths: 84,
        recordMonths: 84,
        minorMonths: 84,
        maximumMonths: null,
      },
    },
    court: { secrecy: "not-promised", testimony: "by-order" },
    minors: [],
    messages: {
      channels: [{ channel: "room", answerHours: 48 }],
      crisisLine: { name: "Crisis line", number: "988" },
    },
    change: { checkInMonths: 3, reviewMonths: 12 },
    worries: {
      routes: [{ route: "therapist", contact: "" }],
      members: ["talk"],
      practice: ["tell-you"],
      firstWordHours: 24,
    },
  },
  words: SAID_PARTS.map((part) => ({ part, language: "en", reader: "adult", text: `What ${part} says.` })),
});

await write("identity", makeIdentityVectors);
const { people } = readVectors<IdentityVectors>("identity");
await write("envelope", () => makeEnvelopeVectors(people));
await write("room", () => makeRoomVectors(people, "changing"));
const rooms = readVectors<RoomVectors>("room");
await write("frame", () => makeFrameVectors(people, rooms));
await write("stub", async () => makeStubVectors(readVectors<FrameVectors>("frame")));
await write("log", makeLogVectors);
await write("invitation", makeInvitationVectors);
await write("file", makeFileVectors);
await write("device-note", makeDeviceNoteVectors);
await write("room-2", () => makeRoomVectors(people, "closing"));
await write("grant", () => makeGrantVectors(people, rooms));
await write("room-4", () => makeOpeningVectors(people, readVectors<RoomVectors>("room-2")));
await write("custodian", makeCustodianVectors);
await write("room-5", () =>
  makeEndingVectors(people, readVectors<RoomVectors>("room-2"), [
    ...rooms.events.slice(0, 2).map(({ bytes }) => bytes),
    readVectors<GrantVectors>("grant").event,
    readVectors<OpeningVectors>("room-4").event,
  ]),
);
await write("state-2", () => makeRenewedStateVectors(people));
await write("build", makeBuildVectors);
await write("agreement", () => makeAgreementVectors(people));
