import { OperatorFault } from "../config/operator-fault.ts";
import type { NewerData } from "../store/migrate.ts";

/** What an operator is told when an older Sotto meets the data of a newer one. */
export function newerData(cause: NewerData): OperatorFault {
  return new OperatorFault(
    "newer-data",
    `The data was written by a newer version of Sotto (step ${String(Math.max(...cause.steps))}). Nothing was touched.`,
    "Start that newer version again. To go back for good, restore the backup that was made before the upgrade.",
    cause,
  );
}

/** What an operator is told when the role of requests has not been granted the tables. */
export function grantsFault(cause: unknown): OperatorFault {
  return new OperatorFault(
    "database-grants",
    "The role of DATABASE_URL may not use the tables of the role of DATABASE_OWNER_URL.",
    "Grant it select, insert, update and delete, as docs/operator.md says under 'A PostgreSQL of your own'.",
    cause,
  );
}

/** Why nobody can be listened to there, in words; anything else as it was. */
export function listenFault(
  error: unknown,
  host: string,
  port: number,
  setting: "SOTTO_PORT" | "SOTTO_METRICS_PORT" = "SOTTO_PORT",
): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "EADDRINUSE")
    return new OperatorFault(
      "port-taken",
      `Another program listens on port ${String(port)} already.`,
      `Stop it, or name another port in ${setting}. Nothing was touched.`,
      error,
    );
  if (code === "EACCES")
    return new OperatorFault(
      "port-not-allowed",
      `Sotto's account may not listen on port ${String(port)}.`,
      `Name a port above 1023 in ${setting}, and let a reverse proxy listen on 443.`,
      error,
    );
  if (code === "EADDRNOTAVAIL")
    return new OperatorFault(
      "address",
      `This machine has no address ${host}.`,
      "Name one of its own in SOTTO_HOST; 127.0.0.1 is right behind a reverse proxy.",
      error,
    );
  return error;
}
