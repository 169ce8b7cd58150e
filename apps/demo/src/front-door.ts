import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { listen } from "./listen.ts";
import { readPageFile, readPageScript } from "./page-files.ts";
import type { CastMember } from "./play/play.ts";
import { beginnings } from "./story/beginnings.ts";

/** Somebody of the story, and the port where they are. */
export interface Placed {
  readonly member: CastMember;
  readonly port: number;
}

const BUILT = fileURLToPath(new URL("../../web/dist/assets/", import.meta.url));

const PARTS = {
  therapist: "Therapist",
  "privacy-officer": "Privacy officer",
  staff: "Staff",
  adult: "Adult",
  teen: "Teenager",
  child: "Child",
  guardian: "Guardian",
  collateral: "Helps the family",
} as const satisfies Record<CastMember["part"], string>;

/** Opens the front page. Answers what closes it. */
export async function openFrontDoor(port: number, people: readonly Placed[]): Promise<() => Promise<void>> {
  const text = (type: string, body: string) => ({ type: `${type}; charset=utf-8`, body });
  const shown = people.map(({ member, port: own }) => ({
    key: member.key,
    name: member.name,
    part: PARTS[member.part],
    group: member.family ?? "At the practice",
    isStaff: member.family === null,
    address: `http://localhost:${String(own)}/`,
  }));
  const files = new Map<string, { readonly type: string; readonly body: string | Buffer }>([
    ["/", text("text/html", await readPageFile("front.html"))],
    ["/front.css", text("text/css", await readPageFile("front.css"))],
    ["/front.js", text("text/javascript", await readPageScript("front.ts"))],
    ["/people.json", text("application/json", JSON.stringify({ people: shown, beginnings }))],
    ["/font.woff2", { type: "font/woff2", body: await readFont() }],
  ]);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "img-src data:",
    `frame-src ${shown.map(({ address }) => address.slice(0, -1)).join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    response.statusCode = file === undefined ? 404 : 200;
    response.setHeader("content-security-policy", policy);
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("cache-control", "no-store");
    response.setHeader("content-type", file?.type ?? "text/plain; charset=utf-8");
    response.end(file?.body ?? "There is nothing here.");
  });
  return listen(server, port);
}

/** The typeface of the built page: Latin letters, upright. Empty when there is none; then the page is set in another. */
async function readFont(): Promise<Buffer> {
  const name = (await readdir(BUILT)).find((file) => /-latin-wght-normal-.*\.woff2$/.test(file));
  return name === undefined ? Buffer.alloc(0) : readFile(`${BUILT}${name}`);
}
