import { nextTemplateNumber, SHARED_TEMPLATE_LIMITS, templateFile } from "@sotto/domain";
import type { AgreementTemplate, TemplateId } from "@sotto/domain";
import { encodeUtf8 } from "@sotto/vault";
import type { Actions, Done } from "../client.ts";
import { done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { makeId } from "../ids.ts";
import { isWhole } from "../sync/room-memory.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { decodeTemplate, piecesOf } from "../sync/template-log.ts";
import type { TemplateActions } from "../templates.ts";
import { myStaffRole, needPracticeRoom } from "./practice-room.ts";
import { newest } from "./retention.ts";
import { unlocked } from "./unlocked.ts";

/** The practice's templates. `home` answers null while locked. */
export function makeTemplateActions(home: () => Home | null): Pick<Actions, keyof TemplateActions> {
  /** For the therapists of the practice, by its newest record. */
  const writing = <Value>(
    act: (home: Home, practice: RoomMemory) => Promise<Done<Value>>,
  ): Promise<Done<Value>> =>
    unlocked(home, async (open) => {
      if (open.person.standing !== "practice") return refused("not-allowed");
      if (myStaffRole(open) !== "therapist") return refused("not-allowed");
      const needed = await needPracticeRoom(open);
      if (needed.kind === "refused") return needed;
      const practice = await newest(open, needed.value);
      return practice === null || !isWhole(practice) ? refused("not-here") : act(open, practice);
    });
  return {
    saveTemplate: ({ of, template }) => writing((open, practice) => save(open, practice, { of, template })),
    retireTemplate: ({ retired, template }) =>
      writing(async (open, practice) => {
        if (!practice.family.templates.has(template)) return refused("not-here");
        return open.outbox.post(practice.room, { kind: "template-retired", template, retired });
      }),
  };
}

async function save(
  home: Home,
  practice: RoomMemory,
  { of, template }: { readonly of: TemplateId | null; readonly template: AgreementTemplate },
): Promise<Done<TemplateId>> {
  const { templates } = practice.family;
  const known = of === null ? undefined : templates.get(of);
  if (of !== null && known === undefined) return refused("not-here");
  if (of === null && templates.size >= SHARED_TEMPLATE_LIMITS.templates) return refused("too-many-templates");
  const numbered = { ...template, version: nextTemplateNumber(known) };
  if (decodeTemplate(encodeUtf8(templateFile(numbered))) === null) return refused("malformed");
  const { about, pieces } = piecesOf(numbered);
  for (const piece of pieces) await home.outbox.add(practice.room, piece);
  const id = of ?? makeId<TemplateId>(home.ports.random);
  const posted = await home.outbox.post(practice.room, { kind: "template-saved", template: id, about });
  return posted.kind === "refused" ? posted : done(id);
}
