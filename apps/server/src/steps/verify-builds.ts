import { buildLeaf } from "@sotto/vault/public";
import { readBuilds } from "../store/build.ts";
import type { Reader } from "../store/store.ts";
import { shortOf, type Finding } from "./finding.ts";
import { isInLog } from "./verify-accounts.ts";

/** Checks that every build of the page that the practice was given stands in its key log. */
export async function verifyBuilds(reader: Reader): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { builder, manifest, number } of await readBuilds(reader)) {
    if (await isInLog(reader, buildLeaf({ builder, manifest }))) continue;
    const at = `build ${String(number)} ${shortOf(manifest)}`;
    findings.push({ kind: "build-not-in-log", practice: reader.practice, at, why: "" });
  }
  return findings;
}
