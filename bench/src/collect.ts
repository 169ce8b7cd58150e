import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");

/** Collects the garbage of the process that measures, between what it measures: its own pauses would count as the server's. */
export const collect = runInNewContext("gc") as () => void;
