/** `npm start`: installs and builds what is missing, then runs the server. The same as `sotto start`. */
import { runSotto } from "./run.mjs";

await runSotto(["start", ...process.argv.slice(2)]);
