/**
 * `npm run verify-page -- https://...`: fetches every file of a server's page and compares it with the page that was built here. The files, and the
 * code that names them all together, are what counts; who signed the list is said beside it.
 */
import { fileURLToPath } from "node:url";
import { equalBytes, sha256, toHex, VaultFault, verifySignedBuild } from "@sotto/vault";
import type { BuildFile, SignedBuild } from "@sotto/vault";
import { sayCode } from "../src/platform/say-code.ts";
import { codeOf, listFiles, SIGNED } from "./list-files.ts";

const PAGE = fileURLToPath(new URL("../dist", import.meta.url));

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** What the server gives at a path; null when it gives nothing. */
async function load(origin: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await fetch(`${origin}${path}`, { redirect: "error" });
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
}

/** The files of this build that the server gives otherwise, a line each. */
async function compare(origin: string, files: readonly BuildFile[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { hash, path } of files) {
    const bytes = await load(origin, path);
    if (bytes === null) wrong.push(`missing ${path}`);
    else if (!equalBytes(sha256(bytes), hash)) wrong.push(`changed ${path}`);
  }
  const page = files.find(({ path }) => path === "/index.html");
  const first = await load(origin, "/");
  if (page !== undefined && (first === null || !equalBytes(sha256(first), page.hash)))
    wrong.push("changed /");
  return wrong;
}

async function readSigned(origin: string): Promise<SignedBuild | null> {
  const bytes = await load(origin, SIGNED);
  try {
    return bytes === null ? null : await verifySignedBuild(bytes);
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
}

async function verifyPage(address: string): Promise<0 | 1> {
  const { origin } = new URL(address);
  const files = await listFiles(PAGE);
  const code = codeOf(files);
  say(`here    code ${sayCode(code)}, ${String(files.length)} files`);
  const signed = await readSigned(origin);
  if (signed === null) say("there   no signed list of files");
  else {
    const { builder, manifest } = signed;
    say(
      `there   code ${sayCode(toHex(manifest.code))}, number ${String(manifest.number)}, builder ${toHex(builder)}`,
    );
  }
  const wrong = await compare(origin, files);
  for (const line of wrong) say(line);
  const isSame = wrong.length === 0 && signed !== null && toHex(signed.manifest.code) === code;
  if (isSame) say("The server gives the page that was built here.");
  else if (wrong.length === 0)
    say("The server gives these files, and no signed list of them: no browser knows the page again.");
  else say("The server gives ANOTHER page than the one that was built here.");
  return isSame ? 0 : 1;
}

const [address] = process.argv.slice(2);
if (address === undefined || !URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
  process.stderr.write(
    "npm run verify-page -- ADDRESS: the address of the server, like https://sotto.example.org\n",
  );
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await verifyPage(address);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${address} does not answer, or sends somewhere else. Nothing was compared.\n`);
    process.exitCode = 2;
  }
}
