import { createTransport } from "nodemailer";
import type { Delivery } from "./delivery.ts";

/** Sends short plain mails that say nothing of anybody. */
export interface Mail {
  readonly send: (to: string, text: string) => Promise<Delivery>;
  readonly close: () => void;
}

export interface MailSettings {
  /** smtp: or smtps:, with the name and password to sign in by, if any. */
  readonly url: string;
  readonly from: string;
}

const SUBJECT = "Sotto";
const WITHIN_MS = 20_000;
const isLoopback = (host: string): boolean => ["127.0.0.1", "[::1]", "localhost"].includes(host);

/**
 * A mail holds its subject, its text and what mail cannot do without. Every name of a host in it is the domain of the sender's address. The connection
 * is encrypted, or there is none, unless the mail server is on this machine.
 */
export function makeMail({ url, from }: MailSettings): Mail {
  const { hostname, protocol } = new URL(url);
  const domain = from.slice(from.indexOf("@") + 1);
  const transport = createTransport(
    {
      url,
      name: domain,
      secure: protocol === "smtps:",
      requireTLS: protocol === "smtp:" && !isLoopback(hostname),
      connectionTimeout: WITHIN_MS,
      greetingTimeout: WITHIN_MS,
      socketTimeout: WITHIN_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from, xMailer: false, headers: { "auto-submitted": "auto-generated" } },
  );
  return {
    send: async (to, text) => {
      try {
        await transport.sendMail({ to, subject: SUBJECT, text });
        return "sent";
      } catch (error) {
        return isForGood(error) ? "refused" : "failed";
      }
    },
    close: () => transport.close(),
  };
}

/** The server answered, and for good, that it does not take mail for this address (RFC 5321, 4.2.1); a bad sign-in is our fault and not theirs. */
function isForGood(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "EENVELOPE") return false;
  const status = "responseCode" in error ? Number(error.responseCode) : 0;
  return status >= 500 && status < 600;
}
