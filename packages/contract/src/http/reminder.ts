import { DAY_MINUTES, isTimeZone } from "@sotto/domain";
import * as z from "zod/mini";
import { LIMITS } from "../limits.ts";
import { Id, Millis } from "../scalars.ts";

const MinuteOfDay = z.int().check(z.minimum(0), z.maximum(DAY_MINUTES - 1));

/** In the person's own time zone; from and until the same minute: none. */
export const QuietHours = z.strictObject({
  from: MinuteOfDay,
  until: MinuteOfDay,
  zone: z.string().check(z.maxLength(64), z.refine(isTimeZone)),
});

/** An address as the HTML standard takes one, with a dot in its domain. Nothing in it can begin another header line. */
export const MailAddress = z
  .string()
  .check(
    z.maxLength(LIMITS.mailAddressCharactersMax),
    z.regex(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/),
  );

/** Where a browser's push service takes messages for one device: characters that a URL can have, none that a database would not take. */
export const PushEndpoint = z.string().check(z.maxLength(2048), z.regex(/^https?:\/\/[!-~]+$/));

export const MailCode = z.string().check(z.regex(/^[0-9]{6}$/));

/** One way to remind somebody. `paused`: the mail server refused it; saving it anew tries again. */
export const ReminderChannel = z.strictObject({
  channel: Id,
  kind: z.enum(["mail", "push"]),
  state: z.enum(["on", "paused"]),
  /** Of mail alone. */
  address: z.nullable(z.string()),
  withLink: z.boolean(),
  quiet: QuietHours,
  createdAt: Millis,
});

export const Reminders = z.strictObject({
  /** Whether this practice sends mail at all. */
  mail: z.boolean(),
  /** Whether a mail may name the address of the page, which is then in the mailbox. */
  link: z.boolean(),
  /** The P-256 public key that a browser ties its subscription to, uncompressed, base64url (RFC 8292). */
  pushKey: z.string(),
  channels: z.array(ReminderChannel),
});
