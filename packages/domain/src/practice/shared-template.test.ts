import { expect, test } from "vitest";
import type { AccountId, PersonId, TemplateId } from "../id.ts";
import type { EntryBody } from "../entry/entry.ts";
import { applyToFamily, EMPTY_FAMILY, restate } from "../family/state.ts";
import type { FamilyState } from "../family/state.ts";
import { SHARED_TEMPLATE_LIMITS } from "./shared-template.ts";
import type { StaffRole } from "./staff.ts";

const id = <Id extends string>(number: number): Id =>
  // A compiler-only brand on a text of the right form.
  `00000000-0000-4000-8000-${number.toString().padStart(12, "0")}` as Id;
const [ada, cal, pia] = [id<AccountId>(1), id<AccountId>(2), id<AccountId>(3)];
const OURS = id<TemplateId>(50);
const file = (number: number): Uint8Array => new Uint8Array(32).fill(number);

const staffed = (account: AccountId, number: number, role: StaffRole): readonly EntryBody[] => [
  { kind: "staff", staff: { person: id<PersonId>(number), name: "", role } },
  {
    kind: "person-joined",
    person: id<PersonId>(number),
    account,
    identity: new Uint8Array(32),
    verified: "in-person",
  },
];

interface Line {
  readonly by: AccountId;
  readonly body: EntryBody;
}
const saved = (by: AccountId, number: number, template = OURS): Line => ({
  by,
  body: { kind: "template-saved", template, about: file(number) },
});
const retired = (by: AccountId, isRetired = true): Line => ({
  by,
  body: { kind: "template-retired", template: OURS, retired: isRetired },
});

/** The record after these lines, for whoever was there or, with `isKnownWhole` false, is being told. */
const after = (
  lines: readonly Line[],
  wish: { readonly from?: FamilyState; readonly isKnownWhole?: boolean; readonly since?: number } = {},
): FamilyState =>
  lines.reduce((state, { body, by }, index) => {
    const at = (wish.since ?? 0) + index;
    return applyToFamily(state, body, { by, at, writtenAt: at, isKnownWhole: wish.isKnownWhole ?? true });
  }, wish.from ?? EMPTY_FAMILY);

const PRACTICE = after(
  [
    ...staffed(ada, 11, "therapist"),
    ...staffed(cal, 12, "therapist"),
    ...staffed(pia, 13, "privacy-officer"),
  ].map((body) => ({ by: ada, body })),
);
const here = (...lines: readonly Line[]) => after(lines, { from: PRACTICE, since: 100 });
const savesIn = ({ templates }: FamilyState) =>
  (templates.get(OURS)?.saves ?? []).map(({ about, by, number }) => [number, about[0], by]);

test("each save is a version with a higher number; of two at the same time both are kept, and the later in the room is the newest", () => {
  const state = here(saved(ada, 1), saved(cal, 2), saved(ada, 3));
  expect(savesIn(state)).toEqual([
    [1, 1, ada],
    [2, 2, cal],
    [3, 3, ada],
  ]);
  expect(state.templates.get(OURS)?.saves.map(({ at }) => at)).toEqual([100, 101, 102]);
});

test("a therapist of the practice saves and retires, and nobody else does", () => {
  expect(here(saved(pia, 1), saved(id<AccountId>(9), 2)).templates.size).toBe(0);
  const kept = here(saved(ada, 1), retired(pia), retired(id<AccountId>(9)));
  expect(kept.templates.get(OURS)?.retired).toBe(false);
  expect(here(retired(ada)).templates.size).toBe(0);
});

test("a retired template is still there, takes versions, and comes back", () => {
  const gone = here(saved(ada, 1), retired(cal), saved(ada, 2));
  expect(gone.templates.get(OURS)).toMatchObject({ retired: true });
  expect(savesIn(gone).map(([number]) => number)).toEqual([1, 2]);
  expect(after([retired(ada, false)], { from: gone }).templates.get(OURS)?.retired).toBe(false);
});

test("the oldest versions make way, and of too many templates none is taken", () => {
  const many = Array.from({ length: SHARED_TEMPLATE_LIMITS.versions + 3 }, () => saved(ada, 7));
  const numbers = savesIn(here(...many)).map(([number]) => number);
  expect(numbers).toHaveLength(SHARED_TEMPLATE_LIMITS.versions);
  expect([numbers[0], numbers.at(-1)]).toEqual([4, SHARED_TEMPLATE_LIMITS.versions + 3]);
  const others = Array.from({ length: SHARED_TEMPLATE_LIMITS.templates + 5 }, (_, number) =>
    saved(ada, 7, id<TemplateId>(1000 + number)),
  );
  expect(here(...others).templates.size).toBe(SHARED_TEMPLATE_LIMITS.templates);
});

const told = (state: FamilyState): readonly Line[] => restate(state, 0).map((body) => ({ by: ada, body }));

test("whoever comes in later is told all versions, who saved them and when", () => {
  const there = here(saved(ada, 1), saved(cal, 2), retired(cal));
  expect(after(told(there), { isKnownWhole: false }).templates).toEqual(there.templates);
});

test.each([0, 2, 9])(
  "what is saved while somebody is still being told has the same number for them, wherever it falls (%i)",
  (place) => {
    const before = here(saved(ada, 1), saved(cal, 2));
    const news = saved(cal, 3);
    const lines = [...told(before)];
    lines.splice(Math.min(place, lines.length - 1), 0, news);
    const late = after(lines, { isKnownWhole: false });
    expect(savesIn(late)).toEqual(savesIn(after([news], { from: before })));
  },
);

test("what was told and heard is one version", () => {
  const before = here(saved(ada, 1));
  const [at] = [500];
  const heard = after([saved(cal, 2)], { from: before, since: at });
  const late = after(told(heard), {
    from: after([saved(cal, 2)], { isKnownWhole: false, since: at }),
    isKnownWhole: false,
  });
  expect(savesIn(late)).toEqual(savesIn(heard));
});

test("to whoever was there nobody tells that somebody else has saved something", () => {
  const there = here(saved(ada, 1));
  const forged: Line = {
    by: pia,
    body: {
      kind: "template-told",
      template: OURS,
      about: file(9),
      number: 7,
      saved: { by: cal, at: 1 },
      retired: true,
    },
  };
  expect(after([forged], { from: there })).toEqual(there);
});
