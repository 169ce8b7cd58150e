import { ANA, BEN, GRAN, MIA, party, promiseTo, soundChoices, TOM, versionOf } from "@sotto/domain/testing";
import { consentBundle } from "../src/index.ts";
import { exportOf, offerOf } from "./agreement.ts";

/** An agreement in which everything is used: two adults, a teenager, a child who is told of openly, and somebody who helps; a guardian is a party, and one is not. */
export const sampleVersion = versionOf(3, {
  template: { template: "family", version: 4 },
  parties: [
    party(ANA, "adult", { name: "Ana Lima" }),
    party(BEN, "collateral", { name: "Ben Ode" }),
    party(TOM, "teen", { name: "Tom Lima" }),
    party(MIA, "child", { name: "Mia Lima", signs: false, born: { year: 2022, month: 2, day: 3 } }),
  ],
  choices: {
    ...soundChoices,
    minors: [
      promiseTo(TOM, { guardians: [ANA, GRAN] }),
      promiseTo(MIA, { level: "open", told: ["attendance", "content"], guardians: [ANA, GRAN] }),
    ],
    outsiders: { ...soundChoices.outsiders, exceptions: ["payment", "supervision", "emergency"] },
  },
});

export const sampleOffer = offerOf(sampleVersion);

/** It as an export, as text that can be read into something to spoil. */
export const sampleText = JSON.stringify(consentBundle(exportOf(sampleOffer)));
