import { MailAddress } from "@sotto/contract";
import { ConfigFault } from "./config-fault.ts";

/** How reminders leave this server. */
export interface ReminderSettings {
  /** Null: this practice sends no mail. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** Origins of push services that are allowed besides the known ones. */
  readonly pushHosts: readonly string[];
}

type Environment = { readonly [name: string]: string | undefined };

/** Words that nothing may say which a lock screen or a mailbox shows. */
const TELLING = /therap|psych|counsel|clinic|mental|praxis/i;

/** Whether whoever reads this learns nothing of what it is for. */
export const isNeutral = (text: string): boolean => !TELLING.test(text);

/** Reads how reminders go out. Throws `ConfigFault` naming the setting and what it must be. */
export function readReminderSettings(env: Environment): ReminderSettings {
  return {
    mail: readMail(env["SOTTO_SMTP_URL"], env["SOTTO_MAIL_FROM"]),
    pushHosts: (env["SOTTO_PUSH_HOSTS"] ?? "").split(",").flatMap((host) => readPushHost(host.trim())),
  };
}

function readMail(url: string | undefined, from: string | undefined): ReminderSettings["mail"] {
  if (url === undefined && from === undefined) return null;
  if (url === undefined || from === undefined) {
    throw new ConfigFault(
      "SOTTO_SMTP_URL and SOTTO_MAIL_FROM go together: the mail server, and the address that mails come from.",
    );
  }
  const server = URL.canParse(url) ? new URL(url) : null;
  const isSmtp = server?.protocol === "smtp:" || server?.protocol === "smtps:";
  if (server === null || !isSmtp || server.hostname === "" || !["", "/"].includes(server.pathname)) {
    throw new ConfigFault(
      "SOTTO_SMTP_URL must be a mail server, like smtps://name:password@mail.example.org or smtp://mail.example.org:587.",
    );
  }
  if (!MailAddress.safeParse(from).success)
    throw new ConfigFault("SOTTO_MAIL_FROM must be a bare address, like hello@example.org, without a name.");
  if (!isNeutral(from)) {
    throw new ConfigFault(
      "SOTTO_MAIL_FROM is read by whoever sees the mailbox. Use an address that does not say what the practice does.",
    );
  }
  return { url, from };
}

function readPushHost(text: string): readonly string[] {
  if (text === "") return [];
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLoopback = ["127.0.0.1", "[::1]", "localhost"].includes(url?.hostname ?? "");
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback);
  if (url === null || !isSafe || url.origin !== text.replace(/\/$/, "")) {
    throw new ConfigFault(
      "SOTTO_PUSH_HOSTS must be addresses of push services with commas between, like https://push.example.org.",
    );
  }
  return [url.origin];
}
