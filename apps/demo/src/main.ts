import { openDemo } from "./demo.ts";
import { HELP, readWishes } from "./read-wishes.ts";
import { fileURLToPath } from "node:url";

const STANDARD_FOLDER = fileURLToPath(new URL("../../../demo-data", import.meta.url));

const say = (line: string): void => console.log(line);

const stopped = new Promise<void>((resolve) => {
  process.once("SIGINT", () => resolve());
  process.once("SIGTERM", () => resolve());
});

async function run(args: readonly string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) return say(HELP);
  const demo = await openDemo(readWishes(args, STANDARD_FOLDER), say, stopped);
  if (demo === null) {
    say("Stopped before the practice was made; the next start makes it anew.");
    // Those who were on the stage still wait for a server that is gone.
    process.exit(130);
  }
  say("");
  say(`The demo is at ${demo.address}`);
  say(
    "Everybody in it is invented. Never put anything real in: whoever is at this computer can be everybody.",
  );
  say("Ctrl-C stops it; the same command starts it again, with all that was written in it.");
  await stopped;
  await demo.close();
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  // A fault of ours says what is wrong and what to do. The demo has nothing of anybody's to keep back, so any other is told as it is.
  const isOurs = error instanceof Error && "code" in error && "remedy" in error;
  console.error(isOurs ? `${error.message} (${String(error.code)})` : error);
  if (isOurs) console.error(String(error.remedy));
  process.exitCode = 1;
}
