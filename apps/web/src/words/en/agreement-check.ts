import type { Capacity, EvidenceRefusal, VersionStage } from "@sotto/domain";
import { list } from "./say.ts";

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace("T", " ");

/** The page that checks a copy of an agreement by itself. */
export const agreementCheck = {
  title: "Check a copy of an agreement",
  intro: "Choose the copy. It is read here, on this device. Nothing is sent anywhere.",
  choose: "Choose the copy",
  broken: "This file is no copy of an agreement, or a part of it is lost. Ask for another copy.",
  changed: "Something in this file is not as it was signed. Do not rely on it. Ask for another copy.",
  fault: "This browser cannot check it. Try a newer browser.",
  verdict: {
    whole: "Everyone who has to sign has signed.",
    withRefused:
      "Everyone who has to sign has signed. What is listed as not counted below counts for nothing.",
    leavesOut: "This copy is not the whole story. Ask for another one, and rely on that.",
  },
  stages: {
    none: "No therapist has offered this version, as far as this copy shows. It binds nobody.",
    open: "It does not hold yet. Some have not signed.",
    "in-force": "It holds.",
    superseded: "A later version took its place.",
    suspended: "It held, and does not hold now. Somebody took their name back.",
    void: "It never held.",
  } satisfies Readonly<Record<VersionStage["kind"] | "none", string>>,
  compare:
    "This copy shows which keys signed. Whose they are, you see when you compare the digits with those that the people know as theirs. Begin with the therapist.",
  signed: "Signed",
  missing: "Not signed yet",
  refused: "Not counted",
  as: {
    self: () => "for themselves",
    assent: () => "says that they agree",
    guardian: (minor: string) => `as guardian of ${minor}`,
  } satisfies Readonly<Record<Capacity, (minor: string) => string>>,
  one: (name: string, as: string) => `${name}, ${as}`,
  when: (at: number) => `${day(at)} (UTC)`,
  offered: (at: number) => `Offered by a therapist on ${day(at)} (UTC)`,
  digits: (digits: string) => `Key ${digits}`,
  log: (place: number) => `In the practice's key log at ${String(place)}`,
  line: (place: number, why: EvidenceRefusal["kind"]) => `Line ${String(place + 1)}: ${why}`,
  version: (number: number) => `Version ${String(number)}`,
  hash: (hash: string) => `Hash ${hash}`,
  made: (at: number, digits: string) => `Made on ${day(at)} (UTC) with key ${digits}`,
  noLog: "This copy does not show where the keys stand in the practice's key log.",
  text: "What it says",
  parties: (names: readonly string[]) => `It is about ${list(names)}.`,
};
