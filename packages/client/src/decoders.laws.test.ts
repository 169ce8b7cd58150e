/** Every decoder of this package, tried with mutations of what is good. `tests/tidy` sees to it that none is left out. */
import { ENTRY_KIND_NUMBERS, parseId, templateFile } from "@sotto/domain";
import type { AccountId, EntryId, FileEntry, RoomId } from "@sotto/domain";
import {
  ByteReader,
  VaultFault,
  emptyVaultState,
  encodeUtf8,
  encodeVaultState,
  type Bytes,
} from "@sotto/vault";
import fc from "fast-check";
import { templateCalled } from "../testing/a-template.ts";
import { anyEntry } from "../testing/any-entry.ts";
import { fuzz } from "../testing/fuzz.ts";
import { decodeDeviceRecord, encodeDeviceRecord } from "./devices/device-record.ts";
import { decodeEntry, encodeEntry } from "./entry/codec.ts";
import { readAgreement } from "./entry/agreement-codec.ts";
import { readFile } from "./entry/file-codec.ts";
import { readRetention } from "./entry/retention-codec.ts";
import { readTemplateEntry } from "./entry/template-codec.ts";
import { decodeUpload, encodeUpload } from "./files/upload-record.ts";
import { decodeWork, encodeWork } from "./local/agreement-work.ts";
import { readBoot, writeBoot } from "./local/boot.ts";
import { Kept } from "./local/kept.ts";
import { loadVault, saveVault } from "./local/known-vault.ts";
import { readMark } from "./local/mark.ts";
import { LocalRecords } from "./local/records.ts";
import { memoryPorts, memoryStore } from "./memory-ports.ts";
import { decodeWaiting, encodeWaiting } from "./outbox/waiting.ts";
import { decodeItem, encodeItem } from "./sync/local-item.ts";
import { decodeNewest, encodeNewest } from "./sync/newest-rooms.ts";
import { decodeTemplate } from "./sync/template-log.ts";

const idOf = <Id extends string>(text: string): Id => {
  const id = parseId<Id>(text);
  if (id === null) throw new Error("an id that stands here");
  return id;
};
const entry = idOf<EntryId>("01900000-0000-7000-8000-000000000001");
const room = idOf<RoomId>("0a000000-0000-4000-8000-000000000000");
const account = idOf<AccountId>("0b000000-0000-4000-8000-000000000000");
const work = {
  on: { year: 2026, month: 11, day: 26 },
  parties: [],
  therapists: [],
  places: [],
  choices: {
    client: null,
    policy: null,
    contacts: null,
    telling: null,
    limits: null,
    earlier: null,
    outsiders: null,
    promises: null,
    records: null,
    court: null,
    minors: null,
    messages: null,
    change: null,
    worries: null,
  },
  words: [],
  template: null,
};
const time = fc.nat({ max: 2 ** 48 - 1 });
const bytes = fc.uint8Array({ maxLength: 200 }).map((body) => new Uint8Array(body));

/** One decoder for each kind of entry there is. */
for (const [kind, number] of Object.entries(ENTRY_KIND_NUMBERS)) {
  fuzz(
    `decodeEntry of ${kind}`,
    anyEntry.map((body) => encodeEntry(body).body),
    (body) => decodeEntry({ kind: number, body }),
    (read) => encodeEntry(read).body,
  );
}

const files = anyEntry.filter((body): body is FileEntry => body.kind === "file");
const upload = files.map((body) =>
  encodeUpload({ entry, room, body, readers: [account], at: 1, way: "going" }),
);
fuzz("decodeUpload", upload, (record) => decodeUpload(entry, record), encodeUpload);
fuzz(
  "readFile",
  files.map((body) => encodeEntry(body).body),
  (body) => readFile(new ByteReader(body)),
);
const retention = ["legal-hold", "comes-of-age", "record-since", "retention-rule"] as const;
for (const kind of retention) {
  fuzz(
    `readRetention of ${kind}`,
    anyEntry.map((body) => encodeEntry(body).body),
    (body) => readRetention(new ByteReader(body), ENTRY_KIND_NUMBERS[kind]),
  );
}
const agreement = ["agreement-piece", "agreement-progress", "life-event"] as const;
for (const kind of agreement) {
  fuzz(
    `readAgreement of ${kind}`,
    anyEntry.map((body) => encodeEntry(body).body),
    (body) => readAgreement(new ByteReader(body), ENTRY_KIND_NUMBERS[kind]),
  );
}
for (const kind of ["template-piece", "template-saved", "template-told"] as const) {
  fuzz(
    `readTemplateEntry of ${kind}`,
    anyEntry.map((body) => encodeEntry(body).body),
    (body) => readTemplateEntry(new ByteReader(body), ENTRY_KIND_NUMBERS[kind]),
  );
}
fuzz(
  "decodeTemplate",
  fc
    .constantFrom("Ours", "La nuestra", "<b>")
    .map((title) => encodeUtf8(templateFile(templateCalled(title)))),
  (value) => {
    // What is no template is nothing: that is its answer, and no fault.
    const read = decodeTemplate(value);
    if (read === null) throw new VaultFault("malformed");
    return read;
  },
  (template) => encodeUtf8(templateFile(template)),
);
fuzz("decodeWork", fc.constant(encodeWork(work)), (value) => {
  // What is not read is begun anew: that is its answer, and no fault.
  const read = decodeWork(value);
  if (read === null) throw new VaultFault("malformed");
  return read;
});

fuzz(
  "decodeWaiting",
  fc
    .tuple(anyEntry, time)
    .map(([body, at]) =>
      encodeWaiting({ entry, room, body, readers: [account], at, state: { kind: "held", until: at } }),
    ),
  (record) => decodeWaiting(entry, record),
);
fuzz(
  "decodeItem",
  fc
    .record({
      seq: fc.constant(7),
      kind: fc.constantFrom("event" as const, "frame" as const, "erased" as const),
      at: time,
      bytes,
    })
    .map(encodeItem),
  (record) => decodeItem(7, record),
  encodeItem,
);
fuzz(
  "decodeNewest",
  fc.array(fc.record({ room: fc.constant(room), at: time }), { maxLength: 24 }).map(encodeNewest),
  decodeNewest,
  encodeNewest,
);
fuzz(
  "decodeDeviceRecord",
  fc.array(fc.constant(account), { maxLength: 5 }).map((known) => encodeDeviceRecord({ own: room, known })),
  decodeDeviceRecord,
  encodeDeviceRecord,
);

const bootBytes = async (): Promise<Bytes> => {
  const store = memoryStore();
  await writeBoot(store, { account, lastFactor: "passphrase", lastSignInName: "a-name-11" });
  return (await store.read("boot")) ?? new Uint8Array(0);
};
const boot = await bootBytes();
fuzz("readBoot", fc.constant(boot), async (value) => {
  const store = memoryStore();
  await store.write([{ key: "boot", value }]);
  return readBoot(store);
});
fuzz("readMark", fc.constant(encodeUtf8("a.b.c")), async (value) => {
  const store = memoryStore();
  await store.write([
    { key: "boot", value: boot },
    { key: "mark", value },
  ]);
  return readMark(store, { kind: "passphrase", name: "a-name-11", words: "" });
});

/** A keeper that seals nothing: what it would open is what is tried here. */
const openKeeper = {
  seal: (body: Bytes) => Promise.resolve(body.slice()),
  open: (sealed: Bytes) => Promise.resolve(sealed.slice()),
  forget: () => Promise.resolve(),
};

const keptBytes = async (): Promise<Bytes> => {
  const ports = { ...memoryPorts("http://localhost"), keeper: openKeeper };
  const session = { token: "t".repeat(43), factor: idOf<never>(room) };
  const person = {
    account,
    practice: idOf<never>(room),
    standing: "family" as const,
    session,
    vaultKey: new Uint8Array(32),
  };
  await new Kept(ports).keep(person, () => true);
  return (await ports.store.read("kept")) ?? new Uint8Array(0);
};
fuzz("Kept.read", fc.constant(await keptBytes()), async (value) => {
  const ports = { ...memoryPorts("http://localhost"), keeper: openKeeper };
  await ports.store.write([{ key: "kept", value }]);
  return new Kept(ports).read();
});

/** Local records whose sealing is passed by: a device's own key seals whatever a defect of ours would write. */
const local = new LocalRecords(memoryPorts("http://localhost"), account, new Uint8Array(32));
const vaultRecord = async (): Promise<Bytes> => {
  const state = emptyVaultState();
  await saveVault(local, { state, base: { ...state, displayName: "Ana" }, version: 3 });
  return (await local.readSealed("vault")) ?? new Uint8Array(0);
};
fuzz("loadVault", fc.constant(await vaultRecord()), async (value) => {
  await local.writeSealed("vault", value);
  const loaded = await loadVault(local);
  return loaded === null ? null : encodeVaultState(loaded.state);
});
