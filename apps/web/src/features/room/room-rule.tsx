import type { RoomView } from "@sotto/client";
import { ROOM_WORDS } from "@sotto/content/room-words";
import { ShieldCheck } from "lucide-react";
import { agreementWords } from "../../words/agreement.ts";
import { spokenLanguage } from "../../words/words.ts";

/** The one sentence about what holds in this room, where one is about to type. */
export function RoomRule(props: { readonly room: RoomView; readonly isTherapist: boolean }) {
  const { family, kind, sentence } = props.room;
  if (sentence === null) return null;
  const isToldOthers = props.isTherapist && kind === "private";
  const hasAgreement = family !== null && sentence !== "professionals" && !sentence.endsWith("no-agreement");
  return (
    <p className="room-rule quiet">
      <ShieldCheck aria-hidden="true" size={18} />
      <span>
        {isToldOthers ? `${agreementWords.theyRead} ` : null}
        {ROOM_WORDS[spokenLanguage()][sentence]}{" "}
        {hasAgreement ? <a href={`/a/${family}`}>{agreementWords.read}</a> : null}
      </span>
    </p>
  );
}
