import { isIP } from "node:net";
import { join, relative, resolve, sep } from "node:path";
import type { NatsPlace } from "../bus/nats-bus.ts";
import { ConfigFault } from "./config-fault.ts";
import { readBus } from "./read-bus.ts";
import { readLimitSettings, type LimitSettings } from "./read-limit-settings.ts";
import { readReminderSettings, type ReminderSettings } from "./read-reminder-settings.ts";
import { findUnknownSettings } from "./settings.ts";

export interface Config {
  readonly port: number;
  /** The address of this machine to listen on. */
  readonly host: string;
  readonly dataFolder: string;
  readonly origin: string;
  /** False when nobody said where people open this server; then it is for this machine alone. */
  readonly isOriginSet: boolean;
  /** Where measurements can be read; null for nowhere. */
  readonly metricsPort: number | null;
  readonly log: "text" | "json" | "off";
  /** An operator's own PostgreSQL; null for the embedded one. */
  readonly database: { readonly appUrl: string; readonly ownerUrl: string } | null;
  readonly reminders: ReminderSettings;
  /** Where the other Sottos on the same database are heard; null when this is the only one. */
  readonly bus: NatsPlace | null;
  /** Where the sealed bytes of files are kept. */
  readonly filesFolder: string;
  readonly limits: LimitSettings;
}

/** Reads the settings. Throws `ConfigFault` naming the setting and what it must be. */
export function readConfig(env: { readonly [name: string]: string | undefined }): Config {
  refuseUnknown(Object.keys(env));
  const port = readPort("SOTTO_PORT", env["SOTTO_PORT"] ?? "8420");
  const metrics = env["SOTTO_METRICS_PORT"];
  const metricsPort = metrics === undefined ? null : readPort("SOTTO_METRICS_PORT", metrics);
  if (metricsPort === port)
    throw new ConfigFault(
      "SOTTO_METRICS_PORT must be another port than SOTTO_PORT: it is not for the public.",
    );
  const origin = env["SOTTO_ORIGIN"];
  const dataFolder = resolve(readFolder("SOTTO_DATA", env["SOTTO_DATA"] ?? "data"));
  const filesFolder = readFilesFolder(env["SOTTO_FILES"], dataFolder);
  const database = readDatabase(env["DATABASE_URL"], env["DATABASE_OWNER_URL"]);
  const bus = readBus(env["SOTTO_BUS"]);
  if (bus !== null && (database === null || env["SOTTO_FILES"] === undefined))
    throw new ConfigFault(
      database === null
        ? "SOTTO_BUS is for several Sottos on one PostgreSQL of your own: name it in DATABASE_URL and DATABASE_OWNER_URL."
        : "SOTTO_BUS and SOTTO_FILES go together: several Sottos keep sealed files in one folder that all of them reach.",
    );
  return {
    port,
    host: readHost(env["SOTTO_HOST"] ?? "127.0.0.1"),
    dataFolder,
    origin: readOrigin(origin ?? `http://localhost:${String(port)}`),
    isOriginSet: origin !== undefined,
    metricsPort,
    log: readLog(env["SOTTO_LOG"] ?? "text"),
    database,
    reminders: readReminderSettings(env),
    bus,
    filesFolder,
    limits: readLimitSettings(env),
  };
}

/** Whether people come through a proxy that was not named: Sotto does no TLS itself, so nobody comes to an https address without one. */
export function countsNobody({
  limits,
  origin,
}: {
  readonly limits: Pick<LimitSettings, "proxies">;
  readonly origin: string;
}): boolean {
  return origin.startsWith("https:") && limits.proxies.length === 0;
}

function refuseUnknown(names: readonly string[]): void {
  const [unknown] = findUnknownSettings(names);
  if (unknown === undefined) return;
  throw new ConfigFault(
    `There is no setting called ${unknown.name}.`,
    unknown.nearest === null
      ? "Take it away, or look at the list that `sotto --help` prints. Nothing was touched."
      : `Did you mean ${unknown.nearest}? Nothing was touched.`,
  );
}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (!/^[0-9]{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new ConfigFault(`${name} must be a whole number from 1 to 65535.`);
  return port;
}

function readHost(text: string): string {
  if (isIP(text) === 0 && text !== "localhost")
    throw new ConfigFault(
      "SOTTO_HOST must be an address of this machine in numbers, like 127.0.0.1, 0.0.0.0 or ::.",
    );
  return text;
}

function readFolder(name: string, text: string): string {
  if (text.trim() === "") throw new ConfigFault(`${name} must name a folder.`);
  return text;
}

/** A folder of its own: what is swept out of it, and what others on the same database put into it, is not the data. */
function readFilesFolder(text: string | undefined, dataFolder: string): string {
  if (text === undefined) return join(dataFolder, "files");
  const folder = resolve(readFolder("SOTTO_FILES", text));
  const way = relative(folder, dataFolder);
  if (way !== ".." && !way.startsWith(`..${sep}`))
    throw new ConfigFault(
      "SOTTO_FILES must be a folder of its own: it must not be the folder of SOTTO_DATA, or one that SOTTO_DATA lies in.",
    );
  return folder;
}

function readLog(text: string): Config["log"] {
  if (text === "text" || text === "json" || text === "off") return text;
  throw new ConfigFault("SOTTO_LOG must be text, json or off.");
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url === null || !isWeb || url.origin !== text.replace(/\/$/, "")) {
    throw new ConfigFault(
      "SOTTO_ORIGIN must be the address people open, like https://example.org, without a path.",
    );
  }
  const isLocal = url.hostname === "localhost" || url.hostname === "127.0.0.1";
  if (url.protocol === "http:" && !isLocal)
    throw new ConfigFault(
      "SOTTO_ORIGIN must begin with https: browsers allow encryption on safe pages only.",
    );
  return url.origin;
}

function readDatabase(appUrl: string | undefined, ownerUrl: string | undefined): Config["database"] {
  if (appUrl === undefined && ownerUrl === undefined) return null;
  if (appUrl === undefined || ownerUrl === undefined) {
    throw new ConfigFault(
      "DATABASE_URL and DATABASE_OWNER_URL go together: the role of requests, and the role that owns the tables.",
    );
  }
  const app = readDatabaseUrl("DATABASE_URL", appUrl);
  const owner = readDatabaseUrl("DATABASE_OWNER_URL", ownerUrl);
  if (app.username === owner.username)
    throw new ConfigFault("DATABASE_URL and DATABASE_OWNER_URL must name two different roles.");
  if (app.pathname !== owner.pathname)
    throw new ConfigFault("DATABASE_URL and DATABASE_OWNER_URL must name the same database.");
  return { appUrl, ownerUrl };
}

function readDatabaseUrl(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPostgres = url?.protocol === "postgres:" || url?.protocol === "postgresql:";
  if (url === null || !isPostgres || url.pathname.length < 2 || url.username === "")
    throw new ConfigFault(`${name} must look like postgres://role:password@host:5432/database.`);
  return url;
}
