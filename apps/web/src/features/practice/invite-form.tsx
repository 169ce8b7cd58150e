import { STAFF_ROLES, type StaffPerson } from "@sotto/domain";
import { useState } from "react";
import { Banner, Button, Form, Select, TextField } from "../../ui/parts.tsx";
import { practiceWords } from "../../words/practice.ts";
import { words } from "../../words/words.ts";

/** A new colleague: a name, and what they are in the practice. */
export function InviteForm(props: {
  readonly staff: StaffPerson;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onInvite: (staff: StaffPerson) => void;
  readonly onCancel: () => void;
}) {
  const [staff, setStaff] = useState(props.staff);
  return (
    <Form onSubmit={() => props.onInvite({ ...staff, name: staff.name.trim() })}>
      <TextField
        label={practiceWords.name}
        value={staff.name}
        onChange={(name) => setStaff({ ...staff, name })}
        autoFocus
      />
      <Select
        label={practiceWords.role}
        hint={words.staffRoleHints[staff.role]}
        value={staff.role}
        options={STAFF_ROLES.map((role) => [role, words.staffRoles[role]] as const)}
        onChange={(role) => setStaff({ ...staff, role })}
      />
      {props.problem === null ? null : <Banner>{props.problem}</Banner>}
      <div className="row">
        <Button onPress={props.onCancel}>{words.act.cancel}</Button>
        <Button submit tone="primary" disabled={props.busy || staff.name.trim() === ""}>
          {practiceWords.sendInvitation}
        </Button>
      </div>
    </Form>
  );
}
