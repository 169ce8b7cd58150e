/** A database as lines and back, brought up to date, and checked; backups: for tests and for programs that look after a server. */
export { readConfig } from "../config/read-config.ts";
export { copyDatabase } from "./copy-database.ts";
export { fillDatabase } from "./fill-database.ts";
export { migrate } from "../store/migrate.ts";
export { verifyDatabase } from "./ask-store.ts";
export { verifyPractice } from "../usecases/verify.ts";
export { restoreBackup } from "./restore-backup.ts";
export { takeBackup } from "./take-backup.ts";
