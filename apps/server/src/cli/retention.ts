import { resolve } from "node:path";
import { readConfig, type Config } from "../config/read-config.ts";
import { bytesInWords } from "../config/words.ts";
import { askStore } from "../operator/ask-store.ts";
import { findBackups, type FoundBackup } from "../operator/find-backups.ts";
import { readBackupAge } from "../operator/last-backup.ts";
import { lookAtRetention, type Retained } from "../usecases/retention.ts";
import { JSON_SWITCH, type Command, type Terminal } from "./command.ts";

export const retentionCommand: Command = {
  name: "retention",
  takes: ["[BACKUPS]"],
  says: "Says which rooms have ended, and from where something of them could still be opened.",
  more: [
    "A room ends when somebody of the practice ends it; whoever runs Sotto cannot. What was in it is gone from the server at that moment. This says what else there may be: accounts that have published no newer sealing keys since, which their people's own devices do by themselves within a day or so of being used; the bytes of files that are still to be swept; and backups that were begun before the end, which hold the room until you delete them. Ids and times only.",
    "BACKUPS is the folder of a backup, or one that backups lie in. Without it only the newest backup that this data folder knows of is looked at.",
    "It ends with 1 while keys, files or backups are listed. Accounts that nobody comes in by any more, and sheets of paper, are listed and do not count: nothing here can change the first, and of the second the server knows nothing but that they were made.",
  ],
  switches: [JSON_SWITCH],
  example: "sotto retention /var/backups/sotto",
  run: async ({ switches, words }, terminal) => {
    const config = readConfig(terminal.env);
    const [folder] = words;
    const backups = folder === undefined ? await newestKnown(config) : await findBackups(resolve(folder));
    const practices = await askStore(config, (store) => lookAtRetention({ store }));
    const holding = holdingOf(backups, practices);
    if (switches.has("json")) terminal.say(JSON.stringify({ practices, backups: holding }));
    else report({ practices, holding, isAsked: folder !== undefined }, terminal);
    const isLeft = practices.some(({ filesToSweep, oldKeys }) => oldKeys.length + filesToSweep.files > 0);
    return isLeft || holding.length > 0 ? 1 : 0;
  },
};

/** A backup that was begun before some rooms ended. */
interface HoldingBackup {
  /** Null for the newest one that the data folder knows of, and not where it lies. */
  readonly folder: string | null;
  readonly begunAt: number;
  readonly rooms: number;
}

type KnownBackup = Pick<HoldingBackup, "folder" | "begunAt">;

async function newestKnown({ dataFolder }: Config): Promise<readonly KnownBackup[]> {
  const now = Date.now();
  const age = await readBackupAge(dataFolder, now);
  return age === null ? [] : [{ folder: null, begunAt: now - age }];
}

function holdingOf(
  backups: readonly (KnownBackup | FoundBackup)[],
  practices: readonly Retained[],
): readonly HoldingBackup[] {
  const ends = practices.flatMap(({ ended }) => ended.map(({ endedAt }) => endedAt));
  return backups
    .map(({ begunAt, folder }) => ({ folder, begunAt, rooms: ends.filter((at) => at > begunAt).length }))
    .filter(({ rooms }) => rooms > 0);
}

interface Found {
  readonly practices: readonly Retained[];
  readonly holding: readonly HoldingBackup[];
  readonly isAsked: boolean;
}

function report({ holding, isAsked, practices }: Found, { say, tell }: Terminal): void {
  for (const { ended, filesToSweep, oldKeys, practice, sheets, shut } of practices) {
    const at = `practice ${practice}`;
    for (const { endedAt, room } of ended) say(`ended ${at} room ${room} ${moment(endedAt)}`);
    for (const { account, rooms, since } of oldKeys)
      say(`old-keys ${at} account ${account} of ${count(rooms)} since ${moment(since)}`);
    for (const { account, rooms } of shut) say(`shut ${at} account ${account} of ${count(rooms)}`);
    for (const { account, rooms } of sheets) say(`sheets ${at} account ${account} of ${count(rooms)}`);
    if (filesToSweep.files > 0)
      say(`files-to-sweep ${at} ${String(filesToSweep.files)} waiting, ${bytesInWords(filesToSweep.bytes)}`);
  }
  for (const { begunAt, folder, rooms } of holding)
    say(`backup ${folder ?? "the newest known"} begun ${moment(begunAt)} holds ${count(rooms)}`);
  const ends = practices.flatMap(({ ended }) => ended.map(({ endedAt }) => endedAt));
  if (ends.length === 0) return say("No room has ended.");
  if (!isAsked)
    tell(
      `Backups begun before ${moment(Math.max(...ends))} hold rooms that have ended since. Name the folder they lie in to have them looked at.`,
    );
  tell("docs/operator.md says what each of these means, and what to do: 'What has ended'.");
}

const count = (rooms: number): string => (rooms === 1 ? "1 ended room" : `${String(rooms)} ended rooms`);

/** To the minute, as everywhere in UTC. */
const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
