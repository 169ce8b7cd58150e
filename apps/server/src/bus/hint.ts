import * as z from "zod";

/** Ids as the contract has them: one that it lets through, and this did not, would keep all that is said beside it from being heard. */
const Id = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const Count = z.number().int().nonnegative();

/** What one process tells the others after a commit: ids, counts and what kind of thing it is about. Never content. */
const Hint = z.discriminatedUnion("kind", [
  /** Items `first` to `last` of a room, in the room's own count, are stored. `roster`: who is in it may have changed. */
  z.strictObject({
    kind: z.literal("items"),
    practice: Id,
    room: Id,
    first: Count,
    last: Count,
    roster: z.boolean(),
  }),
  z.strictObject({
    kind: z.enum(["rooms-changed", "invitations-changed", "sessions-changed"]),
    practice: Id,
    to: z.array(Id),
  }),
  z.strictObject({
    kind: z.literal("vault-changed"),
    practice: Id,
    to: z.array(Id),
    name: z.string().max(64),
    version: Count,
  }),
  /** By the hash of its token, from which nobody gets to the token. */
  z.strictObject({ kind: z.literal("session-ended"), tokenHash: z.base64url().max(64) }),
  /** Somebody gave a sign of being there. */
  z.strictObject({ kind: z.literal("here"), practice: Id, account: Id }),
]);

export type Hint = z.output<typeof Hint>;
export type ItemsHint = Extract<Hint, { kind: "items" }>;

/** One hint for both, of the same room. */
export function joinItems(known: ItemsHint | undefined, hint: ItemsHint): ItemsHint {
  if (known === undefined) return hint;
  return {
    ...hint,
    first: Math.min(known.first, hint.first),
    last: Math.max(known.last, hint.last),
    roster: known.roster || hint.roster,
  };
}

/**
 * What goes over the bus in one piece. `number` counts those of a process that hold hints; one without any repeats the last number, so that whoever missed
 * something finds out. `over`: the process ends.
 */
const HintBatch = z.strictObject({
  from: Id,
  number: Count,
  hints: z.array(Hint),
  over: z.boolean(),
});

export type HintBatch = z.output<typeof HintBatch>;

/** Null for what another version, or somebody else, has said. */
export function parseHintBatch(text: string): HintBatch | null {
  try {
    const parsed = HintBatch.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
