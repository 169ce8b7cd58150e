/**
 * Everybody who has, or had, something to do with this server asks every endpoint for somebody else's thing, and for one that is not there. The two
 * answers are compared whole: status, headers in their order, every byte; and so is what the server did for them. An endpoint without a row here does not compile.
 */
import { ENDPOINTS, type EndpointName } from "@sotto/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lookInto } from "../support/database.ts";
import { ASKS, type Naming } from "../support/insider-asks.ts";
import { openInsiderStage, type Insider, type InsiderStage } from "../support/insider-stage.ts";
import { watchWork, type WorkWatch } from "../support/watch-work.ts";
import { askWhole, formOf, refusalIn, type WholeAnswer, type Wish } from "../support/whole-answer.ts";

let stage: InsiderStage;
let watch: WorkWatch;

/** Everything of the family's, as the database holds it. */
let before: readonly string[];

beforeAll(async () => {
  stage = await openInsiderStage();
  before = await familysRows();
  watch = watchWork();
});

afterAll(async () => {
  watch.close();
  await stage.close();
});

/** One line for each row that is the owner's or the room's, but for the invitation that a colleague may take back. */
async function familysRows(): Promise<readonly string[]> {
  const { account, room, spare } = stage.real;
  const tables = ["account", "factor", "session", "vault_blob", "identity", "reminder_channel"];
  const ofOwner = tables.map(
    (table) => `select '${table} ' || t::text as line from ${table} t where account_id = $1`,
  );
  const ofRoom = ["room", "room_member", "room_item", "file"].map(
    (table) => `select '${table} ' || t::text from ${table} t where room_id = $2`,
  );
  const invitations =
    "select 'invitation ' || t::text from invitation t where invitation_id = $3 and state <> 'open'";
  const statement = [...ofOwner, ...ofRoom, invitations].join(" union all ");
  const rows = await lookInto<{ line: string }>(stage.database, statement, [account, room, spare]);
  return rows.map(({ line }) => line).toSorted();
}

const NAMES = Object.keys(ENDPOINTS) as readonly EndpointName[];
const NAMING = NAMES.filter((name) => "names" in ASKS[name]);
const OWNING = NAMES.filter((name) => !("names" in ASKS[name]));

const saysOf = (says: Naming["says"], { standing }: Insider): string =>
  typeof says === "string" ? says : says[standing];

const heard = (answer: WholeAnswer): string =>
  answer.status.startsWith("200 ") ? "done" : (refusalIn(answer) ?? `${answer.status} ${answer.body}`);

const ask = (name: EndpointName, { token }: Insider, wish: Wish) =>
  askWhole(stage.origin, name, { token, wish });

/** Both askings, with what the server did for each. */
async function askBoth(name: EndpointName, naming: Naming, who: Insider) {
  const [real, absent] = [
    await naming.ask(stage.real, who, stage.origin),
    await naming.ask(stage.absent, who, stage.origin),
  ];
  const first = await watch.during(() => ask(name, who, real));
  const second = await watch.during(() => ask(name, who, absent));
  const form = naming.byForm === true ? formOf : (answer: WholeAnswer) => answer;
  const done =
    naming.oneFinds === undefined ? (line: string) => line : (line: string) => line.split(" -> ")[0];
  return {
    real: form(first.value),
    absent: form(second.value),
    realWork: first.work.map(done),
    absentWork: second.work.map(done),
  };
}

const LOOKS_MAX = 6;

/** The work of both, looked at again while it differs: the server also does things by itself now and then. */
async function askUntilEqual(name: EndpointName, naming: Naming, who: Insider) {
  for (let look = 1; ; look += 1) {
    const both = await askBoth(name, naming, who);
    if (look === LOOKS_MAX || isSame(both.realWork, both.absentWork)) return both;
  }
}

/** In which way what somebody hears is not as it must be, nothing when all is well; and what they hear of no such thing. */
async function judge(
  name: EndpointName,
  naming: Naming,
  who: Insider,
): Promise<{ readonly troubles: readonly string[]; readonly absent: WholeAnswer }> {
  const knows = naming.knowing?.who.includes(who.name) === true;
  const look = knows ? askBoth : askUntilEqual;
  const { absent, absentWork, real, realWork } = await look(name, naming, who);
  const says = saysOf(naming.says, who);
  const trouble: Readonly<Record<string, boolean>> = {
    [`hears ${heard(absent)} for none, and not ${says}`]: heard(absent) !== says,
    [`hears ${heard(real)} for somebody's`]:
      heard(real) !== (knows ? (naming.knowing?.hear ?? "done") : says),
    [knows ? "is told nothing" : `is told ${JSON.stringify([real, absent])}`]: isSame(real, absent) === knows,
    [`makes the server do ${JSON.stringify([realWork, absentWork])}`]:
      !knows && !isSame(realWork, absentWork),
  };
  return { absent, troubles: Object.keys(trouble).filter((what) => trouble[what] === true) };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whoever is refused for one reason hears it in the same words, whoever they are. */
class Refusals {
  readonly #said = new Map<string, string>();

  isNew(answer: WholeAnswer): boolean {
    const [kind, whole] = [heard(answer), JSON.stringify(answer)];
    if (kind === "done") return false;
    const before = this.#said.get(kind) ?? whole;
    this.#said.set(kind, before);
    return before !== whole;
  }
}

describe("somebody else's thing and no such thing are one answer, and one work", () => {
  test.each(NAMING)("%s", async (name) => {
    const row = ASKS[name];
    const troubles: string[] = [];
    const refusals = new Refusals();
    for (const naming of "names" in row ? row.names : []) {
      for (const who of stage.insiders) {
        const judged = await judge(name, naming, who);
        troubles.push(...judged.troubles.map((trouble) => `${who.name} ${trouble}`));
        if (refusals.isNew(judged.absent)) troubles.push(`${who.name} is refused in other words`);
      }
    }
    expect(troubles).toEqual([]);
  });
});

describe("what is one's own may be asked by those whom the table names, and all others hear one refusal", () => {
  test.each(OWNING)("%s", async (name) => {
    const row = ASKS[name];
    if ("names" in row) throw new Error("what names something is asked for above");
    const troubles: string[] = [];
    const refusals = new Refusals();
    for (const who of stage.insiders) {
      const says = saysOf(row.says, who);
      if (row.ends === true && says === "done") continue;
      const answer = await ask(name, who, typeof row.own === "function" ? await row.own(who) : row.own);
      if (heard(answer) !== says) troubles.push(`${who.name} hears ${heard(answer)} and not ${says}`);
      if (refusals.isNew(answer)) troubles.push(`${who.name} is refused in other words`);
    }
    expect(troubles).toEqual([]);
  });
});

test("a session that is over and one that never was are one answer, and one work, at every door", async () => {
  const made = stage.insider("somebody who makes up a token");
  const over = ["expired", "signedOut", "shut", "ended"].map((name) => stage.insider(name));
  const { room } = stage.absent;
  const wishes = {
    listRooms: {},
    readRoom: { params: { room }, query: { after: "0" } },
    writeVault: { params: { name: "main" }, body: { version: 1, bytes: "" } },
    openInvitation: { params: { invitation: room }, body: { token: "A".repeat(43) } },
  } as const satisfies { readonly [Name in EndpointName]?: Wish };
  for (const name of ["listRooms", "readRoom", "writeVault", "openInvitation"] as const) {
    const asked = async (who: Insider) => {
      const looks: { readonly value: WholeAnswer; readonly work: readonly string[] }[] = [];
      for (let look = 0; look < 3; look += 1)
        looks.push(await watch.during(() => ask(name, who, wishes[name])));
      // Of three looks the shortest is what was done for this: the server also does things by itself. One of the two has a door that is found.
      const [least] = looks.toSorted((a, b) => a.work.length - b.work.length);
      return [name, least?.value, least?.work.map((line) => line.split(" -> ")[0])];
    };
    const never = await asked(made);
    for (const who of over) expect(await asked(who)).toEqual(never);
  }
});

test("every endpoint stands in one of the two tables", () => {
  expect([...NAMING, ...OWNING].toSorted()).toEqual(Object.keys(ASKS).toSorted());
  expect(NAMING.length).toBeGreaterThan(30);
});

test("who is in the room does get other answers, by other work: the comparison sees a difference where there is one", async () => {
  const { owner, real } = stage;
  const who: Insider = {
    name: "owner",
    standing: "family",
    abroad: false,
    token: owner.token,
    person: owner,
    room: real.room,
  };
  for (const name of ["readRoom", "readChunk", "changeReminder"] as const) {
    const row = ASKS[name];
    const naming = "names" in row ? row.names[0] : undefined;
    if (naming === undefined) throw new Error("a row without askings");
    const { absent, absentWork, ...answer } = await askBoth(name, naming, who);
    expect([name, answer.real.status]).toEqual([name, "200 OK"]);
    expect([name, answer.real.body]).not.toEqual([name, absent.body]);
    expect([name, answer.realWork]).not.toEqual([name, absentWork]);
    expect((await judge(name, naming, who)).troubles).toHaveLength(3);
  }
});

test("after all that was asked, what is the family's stands as it stood", async () => {
  expect(before.length).toBeGreaterThan(12);
  const after = await familysRows();
  expect(after.filter((line) => !before.includes(line) && !line.startsWith("invitation "))).toEqual([]);
  expect(before.filter((line) => !after.includes(line))).toEqual([]);
});
