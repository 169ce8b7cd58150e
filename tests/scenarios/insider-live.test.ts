/** The live door, for everybody who has, or had, something to do with this server: what it says to them, and what it does not. */
import type { ClientMessage } from "@sotto/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { madeUpFrame, openInsiderStage, type Insider, type InsiderStage } from "../support/insider-stage.ts";
import { openLive } from "../support/live.ts";
import { call, invite, makeSheet, random, type Person } from "../support/people.ts";
import { appendBytes, appendNext, makeFrame, place } from "../support/rooms.ts";

let stage: InsiderStage;

beforeAll(async () => {
  stage = await openInsiderStage();
});

afterAll(() => stage.close());

/** Every message that came, as it came, and how the connection ended. */
async function transcript(token: string, then: readonly ClientMessage[] = []): Promise<readonly string[]> {
  const socket = new WebSocket(`${stage.origin.replace("http", "ws")}/v1/live`);
  const heard: string[] = [];
  socket.addEventListener("message", ({ data }) => heard.push(String(data)));
  const closed = new Promise<string>((resolve) => {
    socket.addEventListener("close", ({ code, reason }) => resolve(`closed ${String(code)} ${reason}`));
  });
  socket.addEventListener("open", () => {
    for (const message of [{ kind: "hello" as const, token }, ...then]) socket.send(JSON.stringify(message));
  });
  const end = await closed;
  return [...heard, end];
}

const isKnown = ({ standing }: Insider): boolean => standing === "family" || standing === "practice";

/** Ends a transcript: the door closes at what it does not know. */
const END: ClientMessage = { kind: "hello", token: "" };

test("a session that never was, ran out, was signed out, shut or ended, and a custodian's, are one goodbye", async () => {
  const outside = stage.insiders.filter((who) => !isKnown(who));
  expect(outside.map(({ standing }) => standing)).toContain("custodian");
  for (const { name, token } of outside)
    expect([name, ...(await transcript(token ?? ""))]).toEqual([
      name,
      '{"kind":"bye","refusal":"not-signed-in"}',
      "closed 1000 ",
    ]);
});

test("who is in another room, another practice or no room any more is refused as if the room were not there", async () => {
  for (const who of stage.insiders.filter(isKnown)) {
    const [real, absent] = [await said(who, stage.real.room), await said(who, stage.absent.room)];
    expect([who.name, ...real]).toEqual([who.name, ...absent]);
    expect(real).toEqual([
      '{"kind":"welcome"}',
      '{"kind":"refused","ref":7,"refusal":"not-here"}',
      '{"kind":"pong"}',
      '{"kind":"bye","refusal":"not-signed-in"}',
      "closed 1000 ",
    ]);
  }
});

const said = async (who: Insider, room: string): Promise<readonly string[]> =>
  transcript(who.token ?? "", [
    { kind: "append", ref: 7, room, bytes: await madeUpFrame(who, room) },
    { kind: "here" },
    { kind: "ping" },
    END,
  ]);

test("while a family does all that a family does, nobody outside hears of it; staff hear that some invitation changed", async () => {
  const listening = await Promise.all(
    stage.insiders
      .filter(isKnown)
      .map(async (who) => ({ who, live: await openLive(stage.origin, who.token ?? "") })),
  );
  await doEverything(stage.owner, stage.keeper);
  for (const { live, who } of listening) {
    live.send({ kind: "ping" });
    await live.hear(({ kind }) => kind === "pong");
    const isColleague = who.standing === "practice" && !who.abroad;
    const kinds = new Set(live.heard.map(({ kind }) => kind));
    const expected = isColleague ? ["invitations-changed", "pong", "welcome"] : ["pong", "welcome"];
    expect([who.name, ...[...kinds].toSorted()]).toEqual([who.name, ...expected]);
    live.close();
  }
});

async function doEverything(owner: Person, keeper: Person): Promise<void> {
  const { origin } = stage;
  const room: string = crypto.randomUUID();
  const members = [place(keeper, "keeper"), place(owner, "member")];
  const made = await appendNext(origin, keeper, { previous: null, room, action: "create", members });
  await appendBytes(origin, "appendFrame", owner, room, await makeFrame(owner, made));
  await call(origin, "addFactor", { token: owner.token, body: await makeSheet(owner.account) });
  const note = Buffer.from(random(32)).toString("base64url");
  await call(origin, "writeSessionNote", { token: owner.token, body: { note } });
  const { invitation } = await invite(origin, keeper);
  await call(origin, "revokeInvitation", { token: keeper.token, params: { invitation }, body: {} });
  await appendNext(origin, keeper, {
    previous: made,
    room,
    action: "remove",
    members: [place(keeper, "keeper")],
  });
}
