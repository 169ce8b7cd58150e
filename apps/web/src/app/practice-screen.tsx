import type { PracticeView, SessionView } from "@sotto/client";
import { InvitationCard } from "../features/family/invitation-card.tsx";
import { LeavePractice } from "../features/practice/leave-practice.tsx";
import { Practice } from "../features/practice/practice.tsx";
import { actions } from "./link.ts";

export function PracticeScreen(props: { readonly session: SessionView; readonly practice: PracticeView }) {
  const { practice, session } = props;
  return (
    <Practice actions={actions} practice={practice} name={session.practiceName} Invitation={InvitationCard}>
      <LeavePractice actions={actions} practice={practice} />
    </Practice>
  );
}
