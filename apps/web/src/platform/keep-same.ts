/**
 * `next`, made of parts of `before` wherever they say the same. Views come from the worker as copies; a screen that compares by identity
 * then sees what has changed and nothing else. Lists are compared by place, and by `entry` or `room` where their items have one.
 */
export function keepSame<View>(before: View | undefined, next: View): View {
  // What is kept is equal to `next`, or made of its own fields: it has its type.
  return keep(before, next) as View;
}

function keep(before: unknown, next: unknown): unknown {
  if (Object.is(before, next)) return before;
  if (Array.isArray(next)) return keepList(Array.isArray(before) ? before : [], next);
  if (!isPlain(next)) return next;
  const known = isPlain(before) ? before : {};
  const kept = Object.fromEntries(Object.keys(next).map((key) => [key, keep(known[key], next[key])]));
  const isSame =
    Object.keys(known).length === Object.keys(next).length &&
    Object.keys(next).every((key) => Object.is(known[key], kept[key]));
  return isPlain(before) && isSame ? before : kept;
}

function keepList(before: readonly unknown[], next: readonly unknown[]): unknown {
  const named = new Map(before.flatMap((item) => (nameOf(item) === null ? [] : [[nameOf(item), item]])));
  const kept = next.map((item, index) =>
    keep(nameOf(item) === null ? before[index] : named.get(nameOf(item)), item),
  );
  const isSame = before.length === next.length && kept.every((item, index) => Object.is(item, before[index]));
  return isSame ? before : kept;
}

const nameOf = (item: unknown): string | null => {
  const name = isPlain(item) ? (item["entry"] ?? item["room"]) : null;
  return typeof name === "string" ? name : null;
};

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
