import type { FamilyId } from "@sotto/domain";
import type { AgreementActions, AgreementWork } from "../../agreement.ts";
import type { Actions, Done } from "../../client.ts";
import { DONE, refused } from "../../done.ts";
import { isEncodable } from "../../entry/codec.ts";
import type { Home } from "../../home.ts";
import { teamRoomOf } from "../families.ts";
import { unlocked } from "../unlocked.ts";
import { copyOf, sealed } from "./copy.ts";
import { offer, recall } from "./offer.ts";
import { noteCopyKept, recordAuthority, recordWitness } from "./record-beside.ts";
import { answer, sign, withdraw } from "./sign.ts";
import { answerQuestion, ask, saveProgress } from "./talk-about.ts";

/** What a family agrees on. `home` answers null while locked. */
export function makeAgreementActions(home: () => Home | null): Pick<Actions, keyof AgreementActions> {
  const open = <Value>(act: (home: Home) => Promise<Done<Value>>): Promise<Done<Value>> =>
    unlocked(home, act);
  return {
    saveAgreementDraft: ({ family, work }) => open((at) => saveWork(at, family, work)),
    offerAgreement: ({ family, work }) => open((at) => offer(at, family, work)),
    recallAgreement: ({ family, version }) => open((at) => recall(at, family, version)),
    signAgreement: (wish) => open((at) => sign(at, wish)),
    answerAgreement: (wish) => open((at) => answer(at, wish)),
    withdrawAgreement: ({ family }) => open((at) => withdraw(at, family)),
    saveAgreementProgress: (wish) => open((at) => saveProgress(at, wish)),
    askAboutAgreement: (wish) => open((at) => ask(at, wish)),
    answerAboutAgreement: (wish) => open((at) => answerQuestion(at, wish)),
    copyAgreement: (wish) => open((at) => copyOf(at, wish)),
    sealAgreementPaper: ({ pdf }) => open((at) => sealed(at, pdf)),
    recordAuthority: (wish) => open((at) => recordAuthority(at, wish)),
    recordWitness: (wish) => open((at) => recordWitness(at, wish)),
    noteCopyKept: (wish) => open((at) => noteCopyKept(at, wish)),
    recordLife: (wish) => open((at) => recordLife(at, wish)),
  };
}

async function saveWork(home: Home, family: FamilyId, work: AgreementWork | null): Promise<Done> {
  if (teamRoomOf(home, family) === null) return refused("not-here");
  await home.desk.saveWork(family, work);
  return DONE;
}

async function recordLife(
  home: Home,
  { concerns, event, family }: Parameters<AgreementActions["recordLife"]>[0],
): Promise<Done> {
  const team = teamRoomOf(home, family);
  if (team === null) return refused("not-here");
  const entry = { kind: "life-event", event, at: home.ports.now(), concerns } as const;
  return isEncodable(entry) ? home.outbox.post(team.room, entry) : refused("too-long");
}
