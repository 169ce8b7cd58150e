import type { OfferedVersion } from "@sotto/domain";
import * as codes from "./canonical.ts";
import type { WrittenPeople } from "./people.ts";
import { base64, given, instantText, writtenText } from "./primitive.ts";
import type { DocumentReference } from "./resource.ts";

/**
 * A file that holds the agreement. `bytes` null: it is named with its size and hashes, and goes another way. An evidence file has to be the copy that everyone
 * in the agreement gets, without what is for the therapists alone; nothing here can look into it.
 */
export interface ExportFile {
  readonly kind: "pdf" | "evidence";
  readonly name: string;
  readonly bytes: Uint8Array | null;
  readonly size: number;
  /** FHIR R4 asks for it. It finds damage, and no forgery: for that there are the other one, and the signatures in an evidence file. */
  readonly sha1: Uint8Array;
  readonly sha256: Uint8Array;
  readonly madeAt: number;
}

const CONTENT_TYPE = { pdf: "application/pdf", evidence: "application/octet-stream" } as const;

/** The one document of a family's agreement, in every form in which it is at hand; null without files. */
export function documentOf(wish: {
  readonly offer: OfferedVersion;
  readonly files: readonly ExportFile[];
  readonly people: WrittenPeople;
  readonly id: string;
  readonly at: number;
}): DocumentReference | null {
  const { at, files, id, offer, people } = wish;
  if (files.length === 0) return null;
  return {
    resourceType: "DocumentReference",
    id,
    masterIdentifier: codes.uuidIdentifier(offer.version.version),
    status: offer.stage.kind === "superseded" ? "superseded" : "current",
    docStatus: offer.stage.kind === "open" ? "preliminary" : "final",
    type: codes.concept(codes.CONSENT_DOCUMENT),
    subject: people.family,
    date: instantText(at),
    author: [people.practice],
    custodian: people.practice,
    securityLabel: [codes.concept(codes.RESTRICTED)],
    content: files.map(contentOf),
  };
}

const contentOf = (file: ExportFile): DocumentReference["content"][number] => {
  const { bytes, kind, madeAt, name, sha1, sha256, size } = file;
  return {
    attachment: {
      extension: [{ url: codes.extensionUrl("file-sha-256"), valueBase64Binary: base64(sha256) }],
      contentType: CONTENT_TYPE[kind],
      ...given("data", bytes === null ? null : base64(bytes)),
      size,
      hash: base64(sha1),
      ...given("title", writtenText(name)),
      creation: instantText(madeAt),
    },
    ...given("format", kind === "evidence" ? codes.EVIDENCE_FORMAT : null),
  };
};
