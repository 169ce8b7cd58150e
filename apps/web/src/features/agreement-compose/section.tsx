import type { Gap } from "@sotto/domain";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { GapMarks } from "./gap-list.tsx";
import type { SectionName } from "./section-name.ts";
import { sectionTitle } from "./section-name.ts";

/** The element that opens a section, to go to it. */
export const openerId = (section: SectionName): string => `open-${section}`;

/** One fold of the screen: its title, what is chosen now, and a mark where something is left to do. What is inside is there only while it is open. */
export function Section(props: {
  readonly name: SectionName;
  readonly number?: number;
  readonly short: string;
  readonly gaps: readonly Gap[];
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly children: () => ReactNode;
}) {
  const { gaps, isOpen, name, number, short } = props;
  const panel = `panel-${name}`;
  return (
    <section className="compose-section" data-open={isOpen ? "" : undefined}>
      <h3 className="compose-heading">
        <button
          type="button"
          id={openerId(name)}
          className="compose-opener"
          aria-expanded={isOpen}
          aria-controls={isOpen ? panel : undefined}
          onClick={props.onToggle}
        >
          <span className="grow">
            <span className="compose-title">
              {number === undefined ? null : <span className="compose-number">{number}</span>}
              {sectionTitle(name)}
            </span>
            <span className="quiet compose-short">{short}</span>
            <GapMarks gaps={gaps} />
          </span>
          <ChevronDown aria-hidden="true" />
        </button>
      </h3>
      {isOpen ? (
        <div id={panel} className="compose-panel stack" role="region" aria-labelledby={openerId(name)}>
          {props.children()}
        </div>
      ) : null}
    </section>
  );
}
