import type { Day, PersonId } from "@sotto/domain";
import { dayText, instantText, writtenText } from "./primitive.ts";
import type { Extension, Reference } from "./resource.ts";

/*
 * What FHIR has no place for goes into extensions. Each field of one is said once: what it is called, what it means, how often it stands there, and where its
 * values come from. `definitions.ts` makes the published definitions of the same fields.
 */

/** Exactly once, at most once, or any number of times. */
export type Count = "one" | "may" | "many";

/** What a field of an extension is. */
export interface Shape {
  readonly url: string;
  readonly says: string;
  readonly count: Count;
  readonly holds:
    | { readonly kind: "code"; readonly codes: readonly string[] }
    | { readonly kind: "base64Binary" | "boolean" | "date" | "dateTime" | "integer" | "Reference" | "string" }
    | { readonly kind: "fields"; readonly fields: readonly Shape[] };
}

/** How somebody is referred to. */
export type Refer = (person: PersonId) => Reference;

export interface Field<From> {
  readonly shape: Shape;
  readonly write: (from: From, refer: Refer) => readonly Extension[];
}

/** The place of a field: how often, its name, and what it means. */
type Place = readonly [count: Count, url: string, says: string];

/** One of a list of codes. */
export function code<From, Code extends string>(
  [count, url, says]: Place,
  codes: readonly Code[],
  from: (source: From) => readonly Code[],
): Field<From> {
  return {
    shape: { url, says, count, holds: { kind: "code", codes } },
    write: (source) => from(source).map((valueCode) => ({ url, valueCode })),
  };
}

/** Yes or no. */
export function flag<From>(
  [count, url, says]: Place,
  from: (source: From) => readonly boolean[],
): Field<From> {
  return {
    shape: { url, says, count, holds: { kind: "boolean" } },
    write: (source) => from(source).map((valueBoolean) => ({ url, valueBoolean })),
  };
}

/** A whole number; null where there is none. */
export function whole<From>([count, url, says]: Place, from: (source: From) => number | null): Field<From> {
  return {
    shape: { url, says, count, holds: { kind: "integer" } },
    write: (source) => some(from(source)).map((valueInteger) => ({ url, valueInteger })),
  };
}

/** A text. An empty one is left out, so it may always be missing. */
export function words<From>(url: string, says: string, from: (source: From) => string): Field<From> {
  return {
    shape: { url, says, count: "may", holds: { kind: "string" } },
    write: (source) => some(writtenText(from(source))).map((valueString) => ({ url, valueString })),
  };
}

/** A day of the calendar. */
export function day<From>([count, url, says]: Place, from: (source: From) => Day): Field<From> {
  return {
    shape: { url, says, count, holds: { kind: "date" } },
    write: (source) => [{ url, valueDate: dayText(from(source)) }],
  };
}

/** A moment; null where there is none. */
export function moment<From>([count, url, says]: Place, from: (source: From) => number | null): Field<From> {
  return {
    shape: { url, says, count, holds: { kind: "dateTime" } },
    write: (source) => some(from(source)).map((at) => ({ url, valueDateTime: instantText(at) })),
  };
}

/** People. */
export function person<From>(
  [count, url, says]: Place,
  from: (source: From) => readonly PersonId[],
): Field<From> {
  return {
    shape: { url, says, count, holds: { kind: "Reference" } },
    write: (source, refer) => from(source).map((one) => ({ url, valueReference: refer(one) })),
  };
}

/** Several fields that belong together. One in which nothing stands is left out (ext-1). */
export function group<From, Item>(
  [count, url, says]: Place,
  from: (source: From) => readonly Item[],
  fields: readonly Field<Item>[],
): Field<From> {
  return {
    shape: { url, says, count, holds: { kind: "fields", fields: fields.map(({ shape }) => shape) } },
    write: (source, refer) =>
      from(source).flatMap((item) => {
        const extension = fields.flatMap((field) => field.write(item, refer));
        return extension.length === 0 ? [] : [{ url, extension }];
      }),
  };
}

const some = <Value>(value: Value | null): readonly Value[] => (value === null ? [] : [value]);
