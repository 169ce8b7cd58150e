import * as vault from "@sotto/vault";
import type { Bytes, EpochKeys, IdentitySecret, RoomState } from "@sotto/vault";
import { describe, expect, it } from "vitest";
import { drawing, identityOfPeople, readVectors, secretOf } from "./shapes.ts";
import type {
  AgreementVectors,
  BuildVectors,
  CustodianVectors,
  DeviceNoteVectors,
  EndingVectors,
  EnvelopeVectors,
  FileVectors,
  FrameVectors,
  GrantVectors,
  IdentityVectors,
  InvitationVectors,
  LogVectors,
  OpeningVectors,
  RenewedStateVectors,
  RoomEventVector,
  RoomVectors,
  StubVectors,
} from "./shapes.ts";

const { fromHex, toHex } = vault;
const { people, safetyNumbers } = readVectors<IdentityVectors>("identity");
const identityOf = identityOfPeople(people);
const secrets = people.map(secretOf);

const rooms = readVectors<RoomVectors>("room");
const closing = readVectors<RoomVectors>("room-2");
const stateOf = (event: RoomEventVector, { room } = rooms): RoomState => ({
  room,
  epoch: event.epoch,
  head: fromHex(event.hash),
  members: event.members.map((member) => ({ ...member, identity: fromHex(member.identity) })),
  closed: event.closed ?? false,
  ended: false,
});
const keysOf = (event: RoomEventVector, { room } = rooms): EpochKeys => ({
  room,
  epoch: event.epoch,
  head: fromHex(event.hash),
  content: fromHex(event.content),
  card: fromHex(event.cardKey),
  file: fromHex(event.file),
});

describe("identity.json", () => {
  it("parses to its fields and verifies along its line", async () => {
    for (const person of people) {
      const record = vault.parseIdentityRecord(fromHex(person.record));
      const { account, generation, reason, signPublic, kemPublic, hash, previous } = person;
      expect(record).toMatchObject({ account, generation, reason });
      expect([record.signPublic, record.kemPublic, record.hash].map(toHex)).toEqual([
        signPublic,
        kemPublic,
        hash,
      ]);
      const before = previous === null ? null : await identityOf(fromHex(previous));
      expect(await vault.verifyIdentityRecord(record, before)).toBe(true);
      expect(await vault.isConsistentIdentity(secretOf(person))).toBe(true);
    }
    expect(people.map((person) => person.generation)).toEqual([0, 0, 0, 1]);
  });

  it("gives the safety numbers", () => {
    expect(safetyNumbers.length).toBe(6);
    for (const { a, b, digits } of safetyNumbers)
      expect(vault.safetyNumber(fromHex(b), fromHex(a))).toBe(digits);
  });
});

describe("envelope.json", () => {
  const vectors = readVectors<EnvelopeVectors>("envelope");
  const vaultKey = fromHex(vectors.vaultKey);

  it("derives the keys of every factor", async () => {
    const { kekFromPrf: prf, kekFromOpaque: opaque, recovery } = vectors;
    expect(toHex(vault.VAULT_PRF_SALT)).toBe(vectors.prfSalt);
    expect(
      toHex(await vault.kekFromPrf({ prf: fromHex(prf.prf), credentialId: fromHex(prf.credentialId) })),
    ).toBe(prf.kek);
    expect(
      toHex(await vault.kekFromOpaque({ exportKey: fromHex(opaque.exportKey), factor: opaque.factor })),
    ).toBe(opaque.kek);
    expect(vault.makeRecoveryCode(drawing(recovery.random))).toBe(recovery.code);
    const keys = await vault.recoveryKeys(recovery.code);
    expect([keys.lookup, keys.proof, keys.kek].map(toHex)).toEqual([
      recovery.lookup,
      recovery.proof,
      recovery.kek,
    ]);
  });

  it("opens and makes again the wrap, the blob and the local record", async () => {
    const { wrap, blob, local } = vectors;
    const { account, kind, factor, generation } = wrap;
    const place = { account, kind, factor, generation };
    const kek = fromHex(wrap.kek);
    expect(await vault.openWrap({ kek, wrap: fromHex(wrap.wrap), place })).toEqual(vaultKey);
    expect(toHex(await vault.wrapVaultKey({ kek, vaultKey, place, random: drawing(wrap.salt) }))).toBe(
      wrap.wrap,
    );
    const blobPlace = { account: blob.account, name: blob.name, version: blob.version };
    const body = fromHex(blob.body);
    expect(await vault.openBlob({ vaultKey, place: blobPlace, blob: fromHex(blob.blob) })).toEqual(body);
    expect(
      toHex(await vault.sealBlob({ vaultKey, place: blobPlace, body, random: drawing(blob.salt) })),
    ).toBe(blob.blob);
    const key = await vault.localKey(vaultKey);
    expect(toHex(key)).toBe(local.key);
    const { name } = local;
    expect(await vault.openLocal({ key, name, sealed: fromHex(local.sealed) })).toEqual(fromHex(local.body));
    expect(
      toHex(await vault.sealLocal({ key, name, body: fromHex(local.body), random: drawing(local.salt) })),
    ).toBe(local.sealed);
  });

  it("decodes the state and encodes it again", () => {
    const { bytes, displayName, logSize, contacts, heads, settings } = vectors.state;
    const state = vault.decodeVaultState(fromHex(bytes));
    expect(toHex(vault.encodeVaultState(state))).toBe(bytes);
    expect([state.displayName, state.logPin?.size]).toEqual([displayName, logSize]);
    expect([state.contacts.length, state.heads.length, state.settings.length]).toEqual([
      contacts,
      heads,
      settings,
    ]);
    expect(state.identities).toEqual(secrets.slice(0, 1));
  });
});

describe("state-2.json", () => {
  it("decodes the state and encodes it again", () => {
    const vectors = readVectors<RenewedStateVectors>("state-2");
    const state = vault.decodeVaultState(fromHex(vectors.bytes));
    expect(toHex(vault.encodeVaultState(state))).toBe(vectors.bytes);
    expect(state.identities.map(({ account, kemPrivate }) => [account, kemPrivate === null])).toEqual([
      [vectors.account, true],
      [vectors.account, false],
    ]);
    const archive = state.archive.map(({ runs, ...of }) => ({
      ...of,
      runs: runs.map(({ first, seeds }) => ({ first, seeds: seeds.map(toHex) })),
    }));
    expect({ ...state, archive }).toMatchObject({
      archive: vectors.archive,
      renewalDue: vectors.renewalDue,
      renewedAt: vectors.renewedAt,
      ended: vectors.ended,
    });
  });
});

describe("grant.json", () => {
  const granted = readVectors<GrantVectors>("grant");
  const { from } = granted;

  it("follows on the room's last event, and gives its person the seeds of the past", async () => {
    const last = rooms.events.at(-1);
    if (last === undefined) throw new Error("a room with events");
    const event = vault.parseRoomEvent(fromHex(granted.event));
    const previous = stateOf(last);
    expect((await vault.checkRoomEvent({ event, previous, identityOf })).kind).toBe("fits");
    expect(toHex(event.hash)).toBe(granted.hash);
    expect(event.grant).toMatchObject({ account: granted.account, epoch: from });
    const mine = secrets.filter((secret) => secret.account === granted.account);
    const seeds = (await vault.openGrantedPast(event, mine)) ?? [];
    expect(seeds.map((seed) => toHex(seed))).toEqual(granted.seeds);
  });

  it("each seed opens its event to the named keys", async () => {
    const grant = vault.parseRoomEvent(fromHex(granted.event)).grant;
    let known: RoomState | null = null;
    for (const [index, seed] of granted.seeds.entries()) {
      const event = rooms.events[from + index];
      if (event === undefined || grant === undefined) throw new Error("an event of the past");
      const opened = await vault.openPastEvent({
        event: fromHex(event.bytes),
        previous: known ?? grant,
        previousCard: known === null ? null : fromHex(rooms.cardBytes),
        seed: fromHex(seed),
        identityOf,
      });
      expect(opened).toMatchObject({ kind: "opened", keys: keysOf(event) });
      known = stateOf(event);
    }
    expect(known).not.toBeNull();
  });
});

describe("room-4.json", () => {
  const said = readVectors<OpeningVectors>("room-4");
  const before = closing.events.find(({ action }) => action === "reopen");

  it("follows on the room, and opens for everybody in it to the named keys and the card as it was", async () => {
    if (before === undefined) throw new Error("a room with events");
    const event = vault.parseRoomEvent(fromHex(said.event));
    const { allowedBy, reason } = said;
    expect(event).toMatchObject({ action: "opened", author: said.author, opening: { allowedBy, reason } });
    expect(toHex(event.hash)).toBe(said.hash);
    const previous = stateOf(before, closing);
    const previousCard = fromHex(closing.cardBytes);
    for (const { account } of before.members) {
      const mine = secrets.filter((secret) => secret.account === account);
      const opened = await vault.openRoomEvent({
        mine,
        event: fromHex(said.event),
        previous,
        previousCard,
        identityOf,
      });
      if (opened.kind !== "opened") throw new Error("an opening that opens");
      expect([opened.keys.content, opened.keys.file].map(toHex)).toEqual([said.content, said.file]);
      expect(opened.card).toEqual(previousCard);
    }
  });

  it("has a card of version 2", () => {
    expect(vault.decodeRoomCard(fromHex(said.cardBytes))).toEqual(said.card);
    expect(toHex(vault.encodeRoomCard(said.card))).toBe(said.cardBytes);
  });
});

describe("room-5.json", () => {
  const said = readVectors<EndingVectors>("room-5");
  const end = vault.parseRoomEvent(fromHex(said.event));
  const before = closing.events.slice(0, 2);

  it("ends the room that was closed, for everybody who follows what stays of it", async () => {
    expect([end.action, end.author, toHex(end.hash)]).toEqual(["ended", said.author, said.hash]);
    const husks = said.husks.slice(0, before.length).map(({ husk }) => vault.parseHusk(fromHex(husk)));
    const account = said.author;
    const followed = await vault.checkEnding({ account, from: "first", husks, end, identityOf });
    if (followed.kind !== "ended") throw new Error("an end that is one");
    expect(followed.states.slice(0, -1)).toEqual(before.map((event) => stateOf(event, closing)));
    expect(followed.states.at(-1)).toMatchObject({ closed: true, ended: true, epoch: 2 });
  });

  it("leaves of each event the husk that it says", () => {
    expect(said.husks).toHaveLength(10);
    for (const { event, husk } of said.husks) {
      const whole = vault.parseRoomEvent(fromHex(event));
      expect(toHex(vault.encodeHusk(vault.huskOf(whole)))).toBe(husk);
      expect(vault.parseHusk(fromHex(husk))).toEqual(vault.huskOf(whole));
    }
  });
});

describe("custodian.json", () => {
  const vectors = readVectors<CustodianVectors>("custodian");

  it("makes the identity again from the key, and the text that is brought in", async () => {
    const me = await vault.custodianIdentity(fromHex(vectors.key));
    expect([me.signSeed, me.kemPrivate, me.record].map(toHex)).toEqual([
      vectors.signSeed,
      vectors.kemPrivate,
      vectors.record,
    ]);
    expect(me.account).toBe(vectors.account);
    expect(vault.writeCustodianText(me.record)).toBe(vectors.text);
    expect(toHex((await vault.readCustodianText(vectors.text))?.bytes ?? me.signSeed)).toBe(vectors.record);
  });

  it("joins any three sheets, as they are typed, to the key", async () => {
    const shares = vectors.sheets.map(({ lines, number, share }) => {
      const parsed = vault.parseShare(lines.join("\n"));
      if (parsed.kind !== "share") throw new Error("a sheet that is read");
      expect([parsed.share.number, toHex(parsed.share.share)]).toEqual([number, share]);
      expect(toHex(parsed.share.tag)).toBe(vectors.tag);
      expect(vault.writeShare(parsed.share)).toEqual(lines);
      return parsed.share;
    });
    expect(shares).toHaveLength(5);
    for (let without = 0; without < 5; without++) {
      const three = shares.filter((_, place) => place !== without && place !== (without + 2) % 5);
      const joined = await vault.joinCustodianShares(three);
      expect(joined.kind === "key" && toHex(joined.key)).toBe(vectors.key);
    }
  });

  it("signs the challenge", async () => {
    const me = await vault.custodianIdentity(fromHex(vectors.key));
    const challenge = fromHex(vectors.challenge);
    expect(toHex(await vault.signCustody(me, challenge))).toBe(vectors.signature);
    const record = vault.parseIdentityRecord(me.record);
    expect(await vault.verifyCustody({ record, challenge, signature: fromHex(vectors.signature) })).toBe(
      true,
    );
  });
});

const stories = [
  ["room.json", rooms, ["create", "add", "re-key", "re-key", "role", "remove"]],
  ["room-2.json", closing, ["create", "close", "add", "re-key", "reopen", "remove"]],
] as const;
describe.each(stories)("%s", (_, vectors, actions) => {
  it("fits event by event, and opens for those in each roster to the named keys and card", async () => {
    let previous: RoomState | null = null;
    for (const event of vectors.events) {
      const bytes = fromHex(event.bytes);
      const parsed = vault.parseRoomEvent(bytes);
      expect([parsed.action, parsed.author, parsed.epoch]).toEqual([event.action, event.author, event.epoch]);
      const state = stateOf(event, vectors);
      expect(await vault.checkRoomEvent({ event: parsed, previous, identityOf })).toEqual({
        kind: "fits",
        state,
      });
      for (const { account } of event.members) {
        const mine: IdentitySecret[] = secrets.filter((secret) => secret.account === account);
        const wasIn = previous === null || vault.memberOf(previous, account) !== null;
        const opened = await vault.openRoomEvent({
          mine,
          event: bytes,
          previous: wasIn ? previous : "joining",
          previousCard: previous === null ? null : fromHex(vectors.cardBytes),
          identityOf,
        });
        expect(opened).toMatchObject({
          kind: "opened",
          state,
          keys: keysOf(event, vectors),
          card: fromHex(vectors.cardBytes),
        });
      }
      previous = state;
    }
    expect(vectors.events.map((event) => event.action)).toEqual(actions);
  });

  it("has the card", () => {
    expect(vault.decodeRoomCard(fromHex(vectors.cardBytes))).toEqual(vectors.card);
    expect(toHex(vault.encodeRoomCard(vectors.card))).toBe(vectors.cardBytes);
  });
});

describe("frame.json", () => {
  it("opens every frame and makes it again", async () => {
    const [event] = rooms.events;
    if (event === undefined) throw new Error("no event");
    const [state, keys] = [stateOf(event), keysOf(event)];
    const { frames } = readVectors<FrameVectors>("frame");
    let streams: readonly vault.StreamHead[] = [];
    for (const frame of frames) {
      const { id, stream, sequence, kind, sentAt } = frame;
      const content: vault.FrameContent = {
        stream,
        sequence,
        previous:
          frame.previous === null
            ? null
            : { epoch: frame.previous.epoch, hash: fromHex(frame.previous.hash) },
        seen: frame.seen.map((entry) => ({ ...entry, hash16: fromHex(entry.hash16) })),
        kind,
        sentAt,
        gossip: frame.gossip === null ? null : { size: frame.gossip.size, root: fromHex(frame.gossip.root) },
        body: fromHex(frame.body),
      };
      const bytes = fromHex(frame.bytes);
      const opened = await vault.openFrame({ bytes, keys, state, identityOf });
      const place = { room: rooms.room, epoch: 0, id, author: frame.author, hash: fromHex(frame.hash) };
      expect(opened).toEqual({ ...content, ...place });
      const me = secrets.find((secret) => secret.account === frame.author);
      if (me === undefined) throw new Error("no author");
      const again = await vault.sealFrame({ ...content, me, keys, state, id, random: drawing(frame.salt) });
      expect([toHex(again.bytes), toHex(again.hash)]).toEqual([frame.bytes, frame.hash]);
      const step = vault.followStreams({ streams, frame: opened, joinedEpoch: 0 });
      expect(step.notices.map((notice) => notice.kind)).toEqual(frame.seen.map(() => "gap"));
      ({ streams } = step);
    }
    expect(frames.map((frame) => frame.bytes.length / 2)).toEqual([256, 1024, 1024, 16_384, 65_536]);
  });
});

describe("stub.json", () => {
  it("holds the place and hash of each frame, and nothing else of it", () => {
    const { frames } = readVectors<FrameVectors>("frame");
    const { stubs } = readVectors<StubVectors>("stub");
    expect(stubs).toHaveLength(frames.length);
    for (const [index, { bytes, ...fields }] of stubs.entries()) {
      const stub = vault.stubOfFrame(fromHex(frames[index]?.bytes ?? ""));
      expect({ ...stub, hash: toHex(stub.hash) }).toEqual(fields);
      expect(fields.hash).toBe(frames[index]?.hash);
      expect(toHex(vault.encodeFrameStub(stub))).toBe(bytes);
      expect(vault.parseFrameStub(fromHex(bytes))).toEqual(stub);
    }
  });
});

describe("build.json", () => {
  const vectors = readVectors<BuildVectors>("build");
  const files = vectors.files.map(({ hash, ...file }) => ({ ...file, hash: fromHex(hash) }));

  it("has the contents, the manifest and its signature, the hand-over and the leaf", async () => {
    const { handOver, number, release } = vectors;
    const handed = await vault.signHandOver({
      signSeed: fromHex(handOver.fromSeed),
      to: fromHex(handOver.to),
    });
    expect([toHex(handed.from), toHex(handed.signature)]).toEqual([handOver.from, handOver.signature]);
    const signSeed = fromHex(vectors.signSeed);
    const bytes = await vault.signBuild({ number, release, files, handOvers: [handed], signSeed });
    expect(toHex(bytes)).toBe(vectors.bytes);
    const opened = await vault.verifySignedBuild(bytes);
    expect(opened.manifest.files).toEqual(files);
    expect(toHex(vault.encodeBuildContents(files.toReversed()))).toBe(vectors.contents);
    expect([toHex(opened.manifest.code), toHex(opened.manifest.hash)]).toEqual([
      vectors.code,
      vectors.manifestHash,
    ]);
    expect(await vault.isOfBuilder(fromHex(handOver.from), opened)).toBe(true);
    const { builder, manifest } = opened;
    expect(toHex(vault.buildLeaf({ builder, manifest: manifest.hash }))).toBe(vectors.leaf);
  });
});

describe("agreement.json", () => {
  const vectors = readVectors<AgreementVectors>("agreement");
  const hashAt = (place: unknown): Bytes => fromHex(vectors.statements[Number(place)]?.hash ?? "");

  it("has the version, its hash and its id", () => {
    const bytes = fromHex(vectors.bytes);
    expect(toHex(vault.encodeAgreementVersion(vectors.fields))).toBe(vectors.bytes);
    const { bytes: _bytes, hash, version, ...fields } = vault.decodeAgreementVersion(bytes);
    expect(fields).toEqual(vectors.fields);
    expect([toHex(hash), version]).toEqual([vectors.hash, vectors.version]);
  });

  it("has the statements, each signed again to the same bytes", async () => {
    for (const { after, at, author, by, bytes, hash, said } of vectors.statements) {
      const me = secrets[author];
      if (me === undefined) throw new Error("somebody in identity.json");
      const meant =
        "of" in said && typeof said["of"] === "number" ? { ...said, of: hashAt(said["of"]) } : said;
      const made = await vault.signStatement(me, {
        about: fromHex(vectors.hash),
        by,
        at,
        after: after === null ? null : hashAt(after),
        // As it was written down, with the fields of its kind.
        said: meant as vault.Said,
      });
      expect(toHex(made)).toBe(bytes);
      const read = vault.parseStatement(made);
      expect([read.said, toHex(read.hash)]).toEqual([meant, hash]);
    }
  });

  const { identities, log, madeAt, maker, statements } = vectors;
  const fileOf = (lines: readonly number[], shown: vault.EvidenceParts["log"]): Promise<Bytes> =>
    vault.signEvidence(secrets[maker] ?? never(), {
      about: fromHex(vectors.hash),
      versions: [fromHex(vectors.bytes)],
      identities: identities.map((place) => fromHex(people[place]?.record ?? "")),
      lines: lines
        .map((place) => statements[place] ?? never())
        .map(({ bytes, heardAt }) => ({ heardAt, statement: fromHex(bytes) })),
      log: shown,
      madeAt,
    });

  it("has the file, and what it says of keys, order and the key log", async () => {
    const shown = {
      key: fromHex(log.publicKey),
      checkpoint: log.checkpoint,
      places: log.places.map(({ index, proof }) => ({ index, proof: proof.map(fromHex) })),
    };
    const file = await fileOf(vectors.lines, shown);
    expect(toHex(file)).toBe(vectors.file);
    const evidence = await vault.verifyEvidence(file);
    expect(evidence.lines.map(({ account, after }) => [account, after])).toEqual(
      vectors.lines.map((place) => {
        const { after, author } = statements[place] ?? never();
        return [people[author]?.account, after];
      }),
    );
    expect(evidence.identities.map(({ logIndex }) => logIndex)).toEqual([1, 3, 5]);
    expect(evidence.madeBy.identity).toBe(people[maker]?.hash);
  });

  it("has a file without the key log", async () => {
    const { file, lines } = vectors.waiting;
    expect(toHex(await fileOf(lines, null))).toBe(file);
    expect((await vault.verifyEvidence(fromHex(file))).log).toBeNull();
  });
});

const never = (): never => {
  throw new Error("somebody in identity.json");
};

describe("log.json", () => {
  const vectors = readVectors<LogVectors>("log");
  const { checkpoint, roots } = vectors;
  const rootOf = (size: number): Bytes => fromHex(roots[size] ?? "");

  it("has the leaves, roots and proofs", async () => {
    const { identity, roomHead, vaultHead, cover } = vectors.leaves;
    expect(toHex(vault.identityLeaf(fromHex(identity.hash)))).toBe(identity.data);
    expect(toHex(vault.roomHeadLeaf({ ...roomHead, hash: fromHex(roomHead.hash) }))).toBe(roomHead.data);
    expect(toHex(vault.vaultHeadLeaf({ ...vaultHead, hash: fromHex(vaultHead.hash) }))).toBe(vaultHead.data);
    expect(toHex(vault.coverLeaf(drawing(cover.random)))).toBe(cover.data);
    for (const { index, size, proof } of vectors.inclusion) {
      const leaf = fromHex(vectors.leafHashes[index] ?? "");
      expect(
        vault.verifyInclusion({ index, size, leaf, proof: proof.map(fromHex), root: rootOf(size) }),
      ).toBe(true);
    }
    const nodes = new Map<string, Bytes>();
    const readNode: vault.ReadNode = (level, index) =>
      Promise.resolve(nodes.get(`${level}/${index}`) ?? new Uint8Array(0));
    const grown = await vault.appendLeaves({ size: 0, leaves: vectors.leafHashes.map(fromHex), readNode });
    for (const node of grown.nodes) nodes.set(`${node.level}/${node.index}`, node.hash);
    for (const [size, root] of roots.entries()) expect(toHex(await vault.rootAt(size, readNode))).toBe(root);
    for (const { from, to, proof } of vectors.consistency) {
      expect((await vault.consistencyProof({ from, to, readNode })).map(toHex)).toEqual(proof);
      // Growth from nothing needs no proof, and RFC 6962 defines none.
      const claim = { from, to, proof: proof.map(fromHex), fromRoot: rootOf(from), toRoot: rootOf(to) };
      expect(vault.verifyConsistency(claim)).toBe(from > 0);
    }
  });

  it("has the checkpoint", async () => {
    const { origin, size, text } = checkpoint;
    const root = fromHex(checkpoint.root);
    const publicKey = fromHex(checkpoint.publicKey);
    expect(await vault.openCheckpoint({ text, origin, publicKey })).toEqual({ origin, size, root });
    const signSeed = fromHex(checkpoint.signSeed);
    expect(await vault.signCheckpoint({ checkpoint: { origin, size, root }, signSeed })).toBe(text);
  });
});

describe("invitation.json", () => {
  it("reads and makes again the link, the token and the proof", async () => {
    const vectors = readVectors<InvitationVectors>("invitation");
    const { id, words, fragment, salt } = vectors;
    const [secret, inviter, joiner] = [
      fromHex(vectors.secret),
      fromHex(vectors.inviter),
      fromHex(vectors.joiner),
    ];
    const token = fromHex(vectors.token);
    expect(await vault.parseFragment(fragment)).toEqual({ id, secret, token, inviter, words });
    expect(await vault.makeFragment({ id, secret, inviter, words, random: drawing(salt) })).toBe(fragment);
    expect(toHex(vault.tokenHashOf(token))).toBe(vectors.tokenHash);
    expect(toHex(await vault.acceptanceProof({ secret, invitation: id, inviter, joiner }))).toBe(
      vectors.proof,
    );
  });
});

describe("file.json", () => {
  const { files } = readVectors<FileVectors>("file");

  it.each(files)(
    "seals and opens a file of $size bytes",
    async ({ chunks, file, hash, key, size, stored }) => {
      expect(vault.storedFileBytes(size)).toBe(stored);
      const cipher = await vault.fileCipher({ file, key: fromHex(key), size });
      expect(cipher.chunks).toBe(chunks.length);
      const hashes: Bytes[] = [];
      for (const [index, chunk] of chunks.entries()) {
        const start = index * vault.FILE_CHUNK_BYTES;
        const blank = new Uint8Array(vault.fileContentBytes(size, index));
        const content = blank.map((_byte, at) => (start + at) * 7);
        const made = await vault.sealFileChunk(cipher, index, content);
        expect(made.sealed.length).toBe(chunk.length);
        expect(toHex(made.sealed.slice(0, 32))).toBe(chunk.start);
        expect(toHex(made.hash)).toBe(chunk.hash);
        expect((await vault.openFileChunk(cipher, index, made.sealed)).content).toEqual(content);
        hashes.push(made.hash);
      }
      expect(toHex(vault.fileHash({ file, size }, hashes))).toBe(hash);
    },
  );
});

describe("device-note.json", () => {
  it("opens to what the device said, and is made again", async () => {
    const {
      account,
      note,
      salt,
      sealed,
      session,
      vaultKey: key,
    } = readVectors<DeviceNoteVectors>("device-note");
    const [vaultKey, place] = [fromHex(key), { account, session }];
    expect(await vault.openDeviceNote({ vaultKey, place, sealed: fromHex(sealed) })).toEqual(note);
    expect(toHex(await vault.sealDeviceNote({ vaultKey, place, note, random: drawing(salt) }))).toBe(sealed);
  });
});
