import { backupCommand } from "./backup.ts";
import type { Command } from "./command.ts";
import { custodianCommand } from "./custodian.ts";
import { doctorCommand } from "./doctor.ts";
import { retentionCommand } from "./retention.ts";
import { restoreCommand } from "./restore.ts";
import { setupCodeCommand } from "./setup-code.ts";
import { startCommand } from "./start.ts";
import { verifyAgreementCommand } from "./verify-agreement.ts";
import { verifyCommand } from "./verify.ts";

/** Every command, in the order in which somebody who runs Sotto comes to need them. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  setupCodeCommand,
  doctorCommand,
  backupCommand,
  verifyCommand,
  restoreCommand,
  retentionCommand,
  custodianCommand,
  verifyAgreementCommand,
];
