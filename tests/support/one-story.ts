/** The tests of a journey are one story, each going on where the one before it ended: after one that failed, the others would wait for what cannot come. */
import { afterEach, beforeEach } from "vitest";

const broken = new WeakSet<object>();

beforeEach(({ skip, task }) => {
  if (broken.has(task.file)) skip("it stands on what failed before it");
});

afterEach(({ task }) => {
  if (task.result?.state === "fail") broken.add(task.file);
});
