import {
  CONTACT_CHANNELS,
  ENTRY_KIND_NUMBERS,
  FAMILY_ROLES,
  RELATION_KINDS,
  STAFF_ROLES,
} from "@sotto/domain";
import type {
  AccountId,
  EntryBody,
  Person,
  SafeContact,
  StaffPerson,
  TakenFrame,
  Verification,
} from "@sotto/domain";
import { ByteReader, ByteWriter, fromHex, toHex, VaultFault } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { toId } from "../ids.ts";
import { isAgreementKind, readAgreement, writeAgreement } from "./agreement-codec.ts";
import { readFile, writeFile } from "./file-codec.ts";
import { isTemplateKind, readTemplateEntry, writeTemplateEntry } from "./template-codec.ts";
import { isRetentionKind, readRetention, writeRetention } from "./retention-codec.ts";

/** What stands in a frame's body, per kind of entry: docs/formats/entry.md. */
const LABEL = "fam/entry/1";
const BODY_BYTES_MAX = 65_536;
const NAME_BYTES_MAX = 200;
const CONTACT_BYTES_MAX = 400;
const TEXT_BYTES_MAX = 60_000;
const RELATIONS_MAX = 50;
/** How many frames one deletion can name; an author who has more to take away writes a further one. */
export const TAKEN_FRAMES_MAX = 400;
const LOST_ROOMS_MAX = 1000;
const VERIFICATIONS: readonly Verification[] = ["introduced", "invitation", "in-person"];

/** The kind number and the bytes of an entry; throws the vault's `misuse` beyond the limits of the format. */
export function encodeEntry(entry: EntryBody): { readonly kind: number; readonly body: Bytes } {
  const writer = ByteWriter.labelled(LABEL);
  write(writer, entry);
  return { kind: ENTRY_KIND_NUMBERS[entry.kind], body: writer.bytes() };
}

/** True when the format can say this entry: nothing in it is too long, or no text at all. */
export function isEncodable(entry: EntryBody): boolean {
  try {
    encodeEntry(entry);
    return true;
  } catch (error) {
    if (error instanceof VaultFault) return false;
    throw error;
  }
}

const write = (writer: ByteWriter, entry: EntryBody): void => {
  switch (entry.kind) {
    case "message":
      writer.text(entry.text, TEXT_BYTES_MAX);
      break;
    case "reply":
      writer.id(entry.to).text(entry.text, TEXT_BYTES_MAX);
      break;
    case "edit":
      writer.id(entry.target).text(entry.text, TEXT_BYTES_MAX);
      break;
    case "deletion":
      writer.id(entry.target);
      writer.list(entry.frames, TAKEN_FRAMES_MAX, (frame) => writeTaken(writer, frame));
      break;
    case "file":
      writeFile(writer, entry);
      break;
    case "family-profile":
      writer.id(entry.family).text(entry.name, NAME_BYTES_MAX);
      break;
    case "person":
      writePerson(writer, entry.person);
      break;
    case "person-left":
      writer.id(entry.person);
      break;
    case "invitation-made":
      writer.id(entry.invitation).id(entry.person).fixed(entry.secret, 32).fixed(entry.inviterIdentity, 32);
      writer.unsigned(entry.expiresAt, 6);
      break;
    case "invitation-revoked":
      writer.id(entry.invitation);
      break;
    case "person-joined":
      writer.id(entry.person).id(entry.account).fixed(entry.identity, 32);
      writer.unsigned(VERIFICATIONS.indexOf(entry.verified), 1);
      break;
    case "person-lost":
      writer.id(entry.person).id(entry.account);
      writer.list(entry.rooms, LOST_ROOMS_MAX, ({ epoch, room }) => writer.id(room).unsigned(epoch, 4));
      break;
    case "person-returned":
      writer.id(entry.lost).id(entry.account).fixed(entry.identity, 32);
      break;
    case "staff":
      writer.id(entry.staff.person).text(entry.staff.name, NAME_BYTES_MAX);
      writer.unsigned(STAFF_ROLES.indexOf(entry.staff.role), 1);
      break;
    case "family-closed":
      writer.unsigned(entry.closed ? 1 : 0, 1);
      break;
    case "custodian":
      writer.id(entry.custodian.account).fixed(new Uint8Array(entry.custodian.identity), 32);
      writer.text(entry.custodian.name, NAME_BYTES_MAX);
      break;
    case "custodian-ended":
      writer.id(entry.account);
      break;
    case "leave-asked":
    case "record-restated":
      break;
    case "legal-hold":
    case "comes-of-age":
    case "record-since":
    case "retention-rule":
    case "disposal-proposed":
    case "disposal-confirmed":
    case "disposal-withdrawn":
    case "rooms-ended":
    case "disposal-told":
      writeRetention(writer, entry);
      break;
    case "template-piece":
    case "template-saved":
    case "template-retired":
    case "template-told":
      writeTemplateEntry(writer, entry);
      break;
    case "agreement-piece":
    case "agreement-said":
    case "agreement-progress":
    case "agreement-question":
    case "agreement-answer":
    case "agreement-note":
    case "life-event":
      writeAgreement(writer, entry);
      break;
  }
};

const writeTaken = (writer: ByteWriter, frame: TakenFrame): void => {
  writer.id(frame.entry).fixed(fromHex(frame.stream), 8).unsigned(frame.sequence, 4).unsigned(frame.epoch, 4);
  writer.optional(frame.previousEpoch, (epoch) => writer.unsigned(epoch, 4));
  writer.fixed(new Uint8Array(frame.hash), 32);
};

const writePerson = (writer: ByteWriter, person: Person): void => {
  writer.id(person.person).text(person.name, NAME_BYTES_MAX);
  writer.unsigned(FAMILY_ROLES.indexOf(person.role), 1).unsigned(person.inTreatment ? 1 : 0, 1);
  writer.list(person.relations, RELATIONS_MAX, (relation) =>
    writer.unsigned(RELATION_KINDS.indexOf(relation.kind), 1).id(relation.to),
  );
  writer.optional(person.safeContact, (contact) =>
    writer
      .unsigned(CONTACT_CHANNELS.indexOf(contact.channel), 1)
      .text(contact.address, CONTACT_BYTES_MAX)
      .text(contact.note, CONTACT_BYTES_MAX),
  );
};

/** Reads an entry of exactly this format; throws the vault's `malformed`, also for a kind that is not known. */
export function decodeEntry({ kind, body }: { readonly kind: number; readonly body: Bytes }): EntryBody {
  const reader = ByteReader.labelled(body, LABEL, BODY_BYTES_MAX);
  const entry = read(reader, kind);
  reader.end();
  return entry;
}

const read = (reader: ByteReader, kind: number): EntryBody => {
  switch (kind) {
    case ENTRY_KIND_NUMBERS.message:
      return { kind: "message", text: reader.text(TEXT_BYTES_MAX) };
    case ENTRY_KIND_NUMBERS.reply:
      return { kind: "reply", to: toId(reader.id()), text: reader.text(TEXT_BYTES_MAX) };
    case ENTRY_KIND_NUMBERS.edit:
      return { kind: "edit", target: toId(reader.id()), text: reader.text(TEXT_BYTES_MAX) };
    case ENTRY_KIND_NUMBERS.deletion:
      return {
        kind: "deletion",
        target: toId(reader.id()),
        frames: reader.list(TAKEN_FRAMES_MAX, () => readTaken(reader)),
      };
    case ENTRY_KIND_NUMBERS.file:
      return readFile(reader);
    case ENTRY_KIND_NUMBERS["family-profile"]:
      return { kind: "family-profile", family: toId(reader.id()), name: reader.text(NAME_BYTES_MAX) };
    case ENTRY_KIND_NUMBERS.person:
      return { kind: "person", person: readPerson(reader) };
    case ENTRY_KIND_NUMBERS["person-left"]:
      return { kind: "person-left", person: toId(reader.id()) };
    case ENTRY_KIND_NUMBERS["invitation-made"]:
      return {
        kind: "invitation-made",
        invitation: toId(reader.id()),
        person: toId(reader.id()),
        secret: reader.fixed(32),
        inviterIdentity: reader.fixed(32),
        expiresAt: reader.unsigned(6),
      };
    case ENTRY_KIND_NUMBERS["invitation-revoked"]:
      return { kind: "invitation-revoked", invitation: toId(reader.id()) };
    case ENTRY_KIND_NUMBERS["person-joined"]:
      return {
        kind: "person-joined",
        person: toId(reader.id()),
        account: toId(reader.id()),
        identity: reader.fixed(32),
        verified: reader.choice(VERIFICATIONS),
      };
    case ENTRY_KIND_NUMBERS["person-lost"]:
      return {
        kind: "person-lost",
        person: toId(reader.id()),
        account: toId(reader.id()),
        rooms: reader.list(LOST_ROOMS_MAX, () => ({ room: toId(reader.id()), epoch: reader.unsigned(4) })),
      };
    case ENTRY_KIND_NUMBERS["person-returned"]:
      return {
        kind: "person-returned",
        lost: toId(reader.id()),
        account: toId(reader.id()),
        identity: reader.fixed(32),
      };
    case ENTRY_KIND_NUMBERS.staff:
      return { kind: "staff", staff: readStaff(reader) };
    case ENTRY_KIND_NUMBERS["leave-asked"]:
      return { kind: "leave-asked" };
    case ENTRY_KIND_NUMBERS["family-closed"]:
      return { kind: "family-closed", closed: reader.choice(["open", "closed"]) === "closed" };
    case ENTRY_KIND_NUMBERS["record-restated"]:
      return { kind: "record-restated" };
    case ENTRY_KIND_NUMBERS.custodian: {
      const [account, identity] = [toId<AccountId>(reader.id()), reader.fixed(32)];
      return { kind: "custodian", custodian: { account, identity, name: reader.text(NAME_BYTES_MAX) } };
    }
    case ENTRY_KIND_NUMBERS["custodian-ended"]:
      return { kind: "custodian-ended", account: toId(reader.id()) };
    default:
      if (isRetentionKind(kind)) return readRetention(reader, kind);
      if (isTemplateKind(kind)) return readTemplateEntry(reader, kind);
      if (isAgreementKind(kind)) return readAgreement(reader, kind);
      throw new VaultFault("malformed");
  }
};

const readTaken = (reader: ByteReader): TakenFrame => ({
  entry: toId(reader.id()),
  stream: toHex(reader.fixed(8)),
  sequence: reader.unsigned(4),
  epoch: reader.unsigned(4),
  previousEpoch: reader.optional(() => reader.unsigned(4)),
  hash: reader.fixed(32),
});

const readStaff = (reader: ByteReader): StaffPerson => ({
  person: toId(reader.id()),
  name: reader.text(NAME_BYTES_MAX),
  role: reader.choice(STAFF_ROLES),
});

const readPerson = (reader: ByteReader): Person => ({
  person: toId(reader.id()),
  name: reader.text(NAME_BYTES_MAX),
  role: reader.choice(FAMILY_ROLES),
  inTreatment: reader.choice(["no", "yes"]) === "yes",
  relations: reader.list(RELATIONS_MAX, () => ({
    kind: reader.choice(RELATION_KINDS),
    to: toId(reader.id()),
  })),
  safeContact: reader.optional((): SafeContact => ({
    channel: reader.choice(CONTACT_CHANNELS),
    address: reader.text(CONTACT_BYTES_MAX),
    note: reader.text(CONTACT_BYTES_MAX),
  })),
});
