import { expect, test } from "vitest";
import { ConfigFault } from "./config-fault.ts";
import { isNeutral, readReminderSettings } from "./read-reminder-settings.ts";

const mail = { SOTTO_SMTP_URL: "smtps://a:b@mail.example.org", SOTTO_MAIL_FROM: "hello@example.org" };

test("without settings no mail is sent, and no push service is allowed but the known ones", () => {
  expect(readReminderSettings({})).toEqual({ mail: null, pushHosts: [] });
});

test("a mail server, an address and further push services are taken as they are", () => {
  const hosts = { SOTTO_PUSH_HOSTS: "https://push.example.org, http://127.0.0.1:9000/" };
  expect(readReminderSettings({ ...mail, ...hosts })).toEqual({
    mail: { url: "smtps://a:b@mail.example.org", from: "hello@example.org" },
    pushHosts: ["https://push.example.org", "http://127.0.0.1:9000"],
  });
});

test.each([
  [{ SOTTO_SMTP_URL: mail.SOTTO_SMTP_URL }, "SOTTO_MAIL_FROM"],
  [{ SOTTO_MAIL_FROM: mail.SOTTO_MAIL_FROM }, "SOTTO_SMTP_URL"],
  [{ ...mail, SOTTO_SMTP_URL: "mail.example.org" }, "SOTTO_SMTP_URL"],
  [{ ...mail, SOTTO_SMTP_URL: "https://mail.example.org" }, "SOTTO_SMTP_URL"],
  [{ ...mail, SOTTO_SMTP_URL: "smtp://mail.example.org/path" }, "SOTTO_SMTP_URL"],
  [{ ...mail, SOTTO_MAIL_FROM: "Sotto <hello@example.org>" }, "SOTTO_MAIL_FROM"],
  [{ ...mail, SOTTO_MAIL_FROM: "hello@example.org\r\nBcc: x@example.org" }, "SOTTO_MAIL_FROM"],
  [{ ...mail, SOTTO_MAIL_FROM: "hello@elm-therapy.example" }, "what the practice does"],
  [{ SOTTO_PUSH_HOSTS: "push.example.org" }, "SOTTO_PUSH_HOSTS"],
  [{ SOTTO_PUSH_HOSTS: "http://push.example.org" }, "SOTTO_PUSH_HOSTS"],
  [{ SOTTO_PUSH_HOSTS: "https://push.example.org/path" }, "SOTTO_PUSH_HOSTS"],
])("a setting that cannot be used is named: %o", (env, named) => {
  expect(() => readReminderSettings(env)).toThrow(ConfigFault);
  expect(() => readReminderSettings(env)).toThrow(named);
});

test("a page whose address says what it is for is not named in a mail", () => {
  expect(isNeutral("https://elm.example")).toBe(true);
  expect(isNeutral("https://elm-counselling.example")).toBe(false);
});
