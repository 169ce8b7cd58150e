import { resolve } from "node:path";

export interface Config {
  readonly port: number;
  readonly dataFolder: string;
  readonly origin: string;
  /** An operator's own PostgreSQL; null for the embedded one. */
  readonly database: { readonly appUrl: string; readonly ownerUrl: string } | null;
}

/** A setting that cannot be used, with what to do. */
export class ConfigFault extends Error {
  override readonly name = "ConfigFault";
  readonly code = "setting";
}

/** Reads the settings. Throws `ConfigFault` naming the setting and what it must be. */
export function readConfig(env: { readonly [name: string]: string | undefined }): Config {
  const port = readPort(env["SOTTO_PORT"] ?? "8420");
  return {
    port,
    dataFolder: resolve(env["SOTTO_DATA"] ?? "data"),
    origin: readOrigin(env["SOTTO_ORIGIN"] ?? `http://localhost:${String(port)}`),
    database: readDatabase(env["DATABASE_URL"], env["DATABASE_OWNER_URL"]),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^[0-9]{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new ConfigFault("SOTTO_PORT must be a whole number from 1 to 65535.");
  return port;
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
  return { appUrl, ownerUrl };
}
