import type { PersonId } from "../id.ts";
import type { Person, SafeContact } from "./person.ts";

/** The form in which two addresses count as the same: case, spaces, plus-tags and phone punctuation do not make a second address. */
export function normalizeContact(contact: Pick<SafeContact, "channel" | "address">): string | null {
  const address = contact.address.trim().normalize("NFKC").toLowerCase();
  switch (contact.channel) {
    case "in-person":
      return null;
    case "email": {
      const at = address.lastIndexOf("@");
      if (at < 1) return address === "" ? null : `email:${address}`;
      const local = address.slice(0, at).split("+")[0] ?? "";
      return `email:${local}@${address.slice(at + 1)}`;
    }
    case "phone": {
      const digits = address.replaceAll(/[^0-9]/g, "").replace(/^00/, "");
      return digits === "" ? null : `phone:${digits}`;
    }
  }
}

export type ContactRefusal = {
  readonly kind: "contact-taken";
  readonly by: PersonId;
  readonly byMinor: boolean;
};

/**
 * May this person be reached at this address? Two people never share a contact: a guardian's address would hand the guardian whatever
 * reaches the teenager (peers.md C6). `people` is everybody the therapist knows, in every family.
 */
export function mayUseContact(
  people: readonly Person[],
  candidate: { readonly person: PersonId; readonly contact: SafeContact },
): ContactRefusal | null {
  const wanted = normalizeContact(candidate.contact);
  if (wanted === null) return null;
  for (const other of people) {
    if (other.person === candidate.person || other.safeContact === null) continue;
    if (normalizeContact(other.safeContact) === wanted) {
      return {
        kind: "contact-taken",
        by: other.person,
        byMinor: other.role === "teen" || other.role === "child",
      };
    }
  }
  return null;
}
