import type {
  Actions,
  AgreementActions,
  AgreementView,
  AgreementWork,
  FamilyView,
  SharedTemplateView,
  TemplateActions,
} from "@sotto/client";
import { AGREEMENT_PARTS, gapsIn } from "@sotto/domain";
import type { AgreementPart } from "@sotto/domain";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { Button } from "../../ui/parts.tsx";
import { agreementCompose as said } from "../../words/agreement-compose.ts";
import { spokenLanguage } from "../../words/words.ts";
import { differenceShort, differenceTo, DifferenceSection, versionToCompare } from "./difference-section.tsx";
import type { Editing } from "./editing.ts";
import { FileSection } from "./file-section.tsx";
import { GapList, GapSummary } from "./gap-list.tsx";
import { Offer } from "./offer.tsx";
import { OfferToShare } from "./offer-to-share.tsx";
import { onlyHere } from "./shared-template.ts";
import { OwnWordsPart } from "./own-words-part.tsx";
import { PartEditor } from "./part-editor.tsx";
import { partShort } from "./part-short.ts";
import { PeopleSection } from "./people-section.tsx";
import { PlacesSection } from "./places-section.tsx";
import { PartReads, readingShort, ReadingSection } from "./reading-section.tsx";
import type { SaveFile } from "./save-template.tsx";
import { openerId, Section } from "./section.tsx";
import { sectionOf, sectionTitle, SECTIONS } from "./section-name.ts";
import type { SectionName } from "./section-name.ts";
import { isPlain } from "./template-from.ts";
import type { Ground } from "./work.ts";
import { chosen, namesIn } from "./work.ts";

/** A draft in its parts, one of them open at a time, with what is left to do above and beside each. */
export function Composing(props: {
  readonly actions: Pick<Actions, keyof AgreementActions | keyof TemplateActions>;
  readonly view: AgreementView;
  readonly family: FamilyView;
  readonly ground: Ground;
  readonly work: AgreementWork;
  readonly shared: readonly SharedTemplateView[];
  readonly onChange: (work: AgreementWork) => void;
  readonly onBeginAnew: () => void;
  readonly onSaveFile: SaveFile;
  readonly onOffered: () => void;
}) {
  const { family, ground, onChange, view, work } = props;
  const { goTo, open, toggle } = useOpenSection();
  const gaps = useMemo(() => gapsIn(work, work.own), [work]);
  const compared = versionToCompare(view)?.version ?? null;
  // What takes long to work out does not hold up whoever types.
  const settled = useDeferredValue(work);
  const difference = useMemo(
    () => (compared === null ? null : differenceTo(compared, settled)),
    [compared, settled],
  );
  const reading = useMemo(() => readingShort(settled), [settled]);
  const { shared } = props;
  const unshared = useMemo(() => onlyHere(settled, shared), [settled, shared]);
  // Sharing takes a moment, in which whoever composes goes on.
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  }, [work]);
  const onShared = (more: Pick<AgreementWork, "shared" | "askedToShare">) =>
    onChange({ ...latest.current, ...more });
  const editing: Editing = {
    work,
    family,
    retention: ground.retention,
    choose: (choices) => onChange(chosen(work, choices)),
    change: onChange,
    onGo: goTo,
  };
  const sections = SECTIONS.filter((name) => name !== "difference" || compared !== null);
  const fold = (name: SectionName, short: string, inside: () => ReactNode) => {
    const here = gaps.filter((gap) => sectionOf(gap) === name);
    return (
      <Section
        key={name}
        name={name}
        short={short}
        gaps={here}
        isOpen={open === name}
        onToggle={() => toggle(name)}
      >
        {() => (
          <>
            <GapList gaps={here} work={work} family={family} />
            {inside()}
            <NextButton after={name} sections={sections} onGo={goTo} />
          </>
        )}
      </Section>
    );
  };
  const { length: of } = work.parties;
  const signing = work.parties.filter(({ signs }) => signs).length;
  return (
    <div className="compose">
      <div className="compose-aside stack">
        <GapSummary gaps={gaps} work={work} family={family} onGo={goTo} />
      </div>
      <div className="compose-main stack">
        {unshared === null ? null : (
          <OfferToShare
            actions={props.actions}
            template={unshared}
            onAnswer={onShared}
            onReadFirst={isPlain(unshared, namesIn(work, family)) ? null : () => goTo("file")}
          />
        )}
        <div className="compose-folds">
          {fold("people", said.people.short(of, signing), () => (
            <PeopleSection {...editing} />
          ))}
          {fold("places", said.places.short(work.places.map(({ name }) => name)), () => (
            <PlacesSection {...editing} />
          ))}
        </div>
        <h2>{said.fourteen}</h2>
        <div className="compose-folds">
          {AGREEMENT_PARTS.map((part) =>
            fold(part, partShort(part, { work, family }), () => <Part part={part} editing={editing} />),
          )}
        </div>
        <h2>{said.around}</h2>
        <div className="compose-folds">
          {fold("reading", reading, () => (
            <ReadingSection work={work} />
          ))}
          {compared === null
            ? null
            : fold("difference", differenceShort(difference), () => (
                <DifferenceSection
                  difference={difference}
                  compared={compared}
                  work={work}
                  family={family}
                  therapists={view.therapists}
                />
              ))}
          {fold("file", work.begunFrom?.title[spokenLanguage()] ?? said.file.fromVersion, () => (
            <FileSection
              {...editing}
              ground={ground}
              actions={props.actions}
              shared={shared}
              onShared={onShared}
              onSaveFile={props.onSaveFile}
              onBeginAnew={props.onBeginAnew}
            />
          ))}
        </div>
        <Offer
          actions={props.actions}
          view={view}
          family={family}
          work={work}
          gaps={gaps}
          onOffered={props.onOffered}
        />
      </div>
    </div>
  );
}

function Part(props: { readonly part: AgreementPart; readonly editing: Editing }) {
  const { editing, part } = props;
  return (
    <>
      <p className="quiet">{said.partHints[part]}</p>
      <PartEditor part={part} editing={editing} />
      <PartReads work={editing.work} part={part} />
      <OwnWordsPart {...editing} part={part} />
    </>
  );
}

function NextButton(props: {
  readonly after: SectionName;
  readonly sections: readonly SectionName[];
  readonly onGo: (section: SectionName) => void;
}) {
  const next = props.sections[props.sections.indexOf(props.after) + 1];
  if (next === undefined) return null;
  return (
    <div className="row">
      <Button onPress={() => props.onGo(next)}>{said.next(sectionTitle(next))}</Button>
    </div>
  );
}

/** One section is open at a time. Whoever is led to one finds its title at the top, with the focus on it. */
function useOpenSection() {
  const [open, setOpen] = useState<SectionName | null>(null);
  const [ledTo, setLedTo] = useState<{ readonly section: SectionName } | null>(null);
  useEffect(() => {
    const opener = ledTo === null ? null : document.getElementById(openerId(ledTo.section));
    opener?.focus({ preventScroll: true });
    opener?.scrollIntoView({ block: "start" });
  }, [ledTo]);
  const goTo = (section: SectionName) => {
    setOpen(section);
    setLedTo({ section });
  };
  const toggle = (section: SectionName) => (open === section ? setOpen(null) : goTo(section));
  return { open, goTo, toggle };
}
