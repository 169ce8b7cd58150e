import { staffBehind } from "@sotto/domain";
import type { TemplateSave } from "@sotto/domain";
import { toHex } from "@sotto/vault";
import type { Home } from "../home.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import type { SharedTemplateView, TemplateVersionView } from "../templates.ts";

/** The practice's templates, by their titles. A version whose file is not here whole, or is none, is not shown. */
export function templatesView(home: Home, practice: RoomMemory | null): readonly SharedTemplateView[] {
  if (practice === null) return [];
  const { family, templates } = practice;
  const viewOf = ({ about, at, by, number }: TemplateSave): readonly TemplateVersionView[] => {
    const file = templates.files.get(toHex(about));
    if (file === undefined) return [];
    const savedBy = staffBehind(family, by)?.name ?? "";
    return [
      { template: { ...file, version: number }, savedBy, isMine: by === home.person.account, savedAt: at },
    ];
  };
  return [...family.templates.values()]
    .flatMap(({ retired, saves, template }): readonly SharedTemplateView[] => {
      const [newest, ...older] = saves.toReversed().flatMap(viewOf);
      return newest === undefined ? [] : [{ id: template, isRetired: retired, versions: [newest, ...older] }];
    })
    .toSorted((one, other) => (titleOf(one) < titleOf(other) ? -1 : 1));
}

const titleOf = ({ versions: [newest] }: SharedTemplateView): string => newest.template.title.en;
