/** A real mail server (SMTP) that keeps what it is given, so that a test can read what a person would find in their mailbox. */
import { once } from "node:events";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  readonly to: string;
  readonly from: string;
  /** What the sender called itself (EHLO). */
  readonly sender: string;
  /** The whole mail as it came over the wire. */
  readonly raw: string;
}

export interface Mailbox {
  /** As SOTTO_SMTP_URL has it. */
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** The mails that came for this address. */
  readonly to: (address: string) => readonly ReceivedMail[];
  /** The newest code that was mailed to this address. */
  readonly codeFor: (address: string) => string;
  /** From here on this address is answered with a status: 550 for good, 451 for now, null as usual. */
  readonly refuse: (address: string, status: 550 | 451 | null) => void;
  /** Takes the next mail and does not say so: the sender never hears that it arrived. Answers once it is here. */
  readonly swallow: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const refused = new Map<string, number>();
  let swallowing: (() => void) | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, answer) => {
      const status = refused.get(address);
      if (status === undefined) answer();
      else answer(Object.assign(new Error("no"), { responseCode: status }));
    },
    onData: (stream, { envelope, hostNameAppearsAs }, answer) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const raw = Buffer.concat(chunks).toString("utf8");
        const sender = String(hostNameAppearsAs);
        mails.push(...envelope.rcptTo.map(({ address }) => ({ to: address, from, sender, raw })));
        if (swallowing === null) answer();
        else swallowing();
        swallowing = null;
      });
    },
  });
  // A sender that dies in the middle of a mail is part of what is tested.
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const to = (wanted: string) => mails.filter((mail) => mail.to.toLowerCase() === wanted.toLowerCase());
  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    mails,
    to,
    codeFor: (wanted) => /\b[0-9]{6}\b/.exec(textOf(to(wanted).at(-1)))?.[0] ?? "",
    refuse: (wanted, status) => {
      if (status === null) refused.delete(wanted);
      else refused.set(wanted, status);
    },
    swallow: () =>
      new Promise((resolve) => {
        swallowing = resolve;
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What stands below the header. */
export function textOf(mail: ReceivedMail | undefined): string {
  const [head = "", ...body] = (mail?.raw ?? "").split("\r\n\r\n");
  const text = body.join("\r\n\r\n").trim();
  return /^content-transfer-encoding: quoted-printable$/im.test(head) ? unquote(text) : text;
}

/** Letters that are no ASCII come as their bytes, and long lines broken (RFC 2045, 6.7). */
const unquote = (text: string): string =>
  text
    .replaceAll("=\r\n", "")
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll("=", ""), "hex").toString("utf8"),
    );

/** The lines of the header by their names, in small letters. */
export function headerOf(mail: ReceivedMail): Readonly<Record<string, string>> {
  const [head = ""] = mail.raw.split("\r\n\r\n");
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
