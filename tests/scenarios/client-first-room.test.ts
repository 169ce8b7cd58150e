import { afterAll, beforeAll, expect, test } from "vitest";
import {
  invite,
  isAllSent,
  makeWords,
  namesIn,
  noticesOf,
  openHouse,
  openPractice,
  record,
  roomWhere,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type House,
} from "../support/clients.ts";

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(() => house.close());

test("a therapist makes a family, a person joins, and both read the same room", async () => {
  const { client: therapist, ...ada } = await openPractice(house);
  const family = valueOf(await therapist.actions.createFamily({ name: "Rivera" }));
  const person = await record({ ...ada, client: therapist }, family, { name: "Ben" });
  const fragment = await invite({ ...ada, client: therapist }, family, person);

  const ben = await house.open(house.newDevice());
  expect(valueOf(await ben.actions.seeInvitation(fragment))).toMatchObject({
    inviterName: "Ada",
    inviteeName: "Ben",
  });
  const bensWay = makeWords(ben);
  valueOf(await ben.actions.join({ fragment, factor: bensWay }));

  const { room } = await roomWhere(ben, (line) => line.kind === "family");
  valueOf(await ben.actions.send({ room, text: "hello from Ben" }));
  await untilSaid(therapist, room, "hello from Ben");
  valueOf(await therapist.actions.send({ room, text: "hello from Ada" }));
  const seen = await untilSaid(ben, room, "hello from Ada");
  expect(textsOf(seen)).toEqual(["hello from Ben", "hello from Ada"]);
  expect(namesIn(seen)).toEqual(["Ada", "Ben"]);

  await ben.actions.lock();
  valueOf(await ben.actions.signIn(bensWay));
  const again = await until(ben, room, (view) => textsOf(view).length === 2 && isAllSent(view));
  expect(noticesOf(again)).toEqual([]);
});
