/*
 * Reading of somebody else's file, strictly: each reader takes a value of which nothing is known, and gives it its type or says what is wrong with it and
 * where. All that is wrong is collected, so that whoever mends the file sees it at once.
 */

/** What is wrong with a template file, and where. `at` is a path of field names. */
export type TemplateRefusal =
  | { readonly kind: "too-large"; readonly charactersMost: number }
  | { readonly kind: "not-a-template" }
  | { readonly kind: "unknown-format"; readonly format: string }
  | { readonly kind: "missing"; readonly at: string }
  | { readonly kind: "unknown-field"; readonly at: string }
  | { readonly kind: "unknown-value"; readonly at: string }
  | { readonly kind: "too-many"; readonly at: string; readonly most: number }
  | { readonly kind: "twice"; readonly at: string }
  | { readonly kind: "unknown-clause"; readonly at: string; readonly clause: string }
  | { readonly kind: "broken-reference"; readonly at: string; readonly to: string }
  | { readonly kind: "text-too-long"; readonly at: string; readonly charactersMost: number }
  | { readonly kind: "script-in-text"; readonly at: string }
  | { readonly kind: "hidden-characters"; readonly at: string };

/** Where in the file we are, and where to say what is wrong. */
export interface Spot {
  readonly at: string;
  readonly refuse: (why: TemplateRefusal) => void;
}

/** Null when it was refused. A value that may be null is wrapped by `orNull`, a field that may be left out by `orAbsent`. */
export type Read<Value> = ((value: unknown, spot: Spot) => { readonly is: Value } | null) & {
  /** What stands for a field that is left out. */
  readonly absent?: { readonly is: Value };
};

const below = ({ at, refuse }: Spot, field: string | number): Spot => ({
  at: at === "" ? String(field) : `${at}.${field}`,
  refuse,
});

const no = (spot: Spot, why: TemplateRefusal): null => {
  spot.refuse(why);
  return null;
};

export const oneOf =
  <const Value extends string | number | boolean>(values: readonly Value[]): Read<Value> =>
  (value, spot) => {
    const found = values.find((one) => one === value);
    return found === undefined ? no(spot, { kind: "unknown-value", at: spot.at }) : { is: found };
  };

export const flag: Read<boolean> = oneOf([true, false]);

export const whole =
  (least: number, most: number): Read<number> =>
  (value, spot) => {
    const isWhole = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
    return isWhole ? { is: value } : no(spot, { kind: "unknown-value", at: spot.at });
  };

/** An opening tag, a comment, a character reference, or an address that is a program. What a family reads is words. */
const SCRIPT = /<[a-z!/?]|&(?:#|[a-z]+;)|(?:java|vb)script\s*:|\bdata\s*:\s*text/i;
/** Whatever cannot be seen but the line break: control characters, and marks that turn the direction of what follows or join what should be read apart. */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

export const words =
  (most: number): Read<string> =>
  (value, spot) => {
    const { at } = spot;
    if (typeof value !== "string" || value.trim() === "") return no(spot, { kind: "missing", at });
    if (value.length > most) return no(spot, { kind: "text-too-long", at, charactersMost: most });
    if (!value.isWellFormed() || HIDDEN.test(value)) return no(spot, { kind: "hidden-characters", at });
    return SCRIPT.test(value) ? no(spot, { kind: "script-in-text", at }) : { is: value };
  };

export const orNull =
  <Value>(read: Read<Value>): Read<Value | null> =>
  (value, spot) =>
    value === null ? { is: null } : read(value, spot);

export const listOf =
  <Value>(read: Read<Value>, most: number, keyOf: (value: Value) => string): Read<readonly Value[]> =>
  (value, spot) => {
    if (!Array.isArray(value)) return no(spot, { kind: "unknown-value", at: spot.at });
    if (value.length > most) return no(spot, { kind: "too-many", at: spot.at, most });
    const keys = new Set<string>();
    const found = value.map((inner: unknown, index) => {
      const here = below(spot, index);
      const one = read(inner, here);
      if (one === null) return null;
      if (keys.has(keyOf(one.is))) return no(here, { kind: "twice", at: here.at });
      keys.add(keyOf(one.is));
      return one;
    });
    return found.includes(null) ? null : { is: found.flatMap((one) => (one === null ? [] : [one.is])) };
  };

export const setOf = <const Value extends string>(values: readonly Value[]): Read<readonly Value[]> =>
  listOf(oneOf(values), values.length, (value) => value);

export const orAbsent = <Value>(read: Read<Value>, absent: Value): Read<Value> =>
  Object.assign((value: unknown, spot: Spot) => read(value, spot), { absent: { is: absent } });

/** An object with these fields and no others. */
export const fieldsOf =
  <Value extends object>(fields: { readonly [Field in keyof Value]: Read<Value[Field]> }): Read<Value> =>
  (value, spot) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return no(spot, { kind: "missing", at: spot.at });
    }
    const given = new Map<string, unknown>(Object.entries(value));
    const known = Object.keys(fields);
    const strange = [...given.keys()].filter((field) => !known.includes(field));
    for (const field of strange) spot.refuse({ kind: "unknown-field", at: below(spot, field).at });
    const read = known.map((field) => {
      const here = below(spot, field);
      // `known` are the fields of the readers; what each gives is the type of its field.
      const reader = (fields as Record<string, Read<unknown>>)[field];
      if (!given.has(field) && reader?.absent === undefined) {
        return no(here, { kind: "missing", at: here.at });
      }
      const one = (given.has(field) ? reader?.(given.get(field), here) : reader?.absent) ?? null;
      return one === null ? null : ([field, one.is] as const);
    });
    if (strange.length > 0 || read.includes(null)) return null;
    // Every field was read by its own reader, and there is no other.
    return { is: Object.fromEntries(read.filter((one) => one !== null)) as Value };
  };

/** One of several shapes, told apart by `kind`. */
export const kindOf =
  <Value extends { readonly kind: string }>(shapes: {
    readonly [Kind in Value["kind"]]: Read<Value & { readonly kind: Kind }>;
  }): Read<Value> =>
  (value, spot) => {
    const kind: unknown =
      typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
    const isKnown = typeof kind === "string" && Object.hasOwn(shapes, kind);
    const here = below(spot, "kind");
    if (!isKnown) return no(here, { kind: "unknown-value", at: here.at });
    // Just seen to be one of the kinds.
    return shapes[kind as Value["kind"]](value, spot);
  };
