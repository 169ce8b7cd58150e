/** What a whole test run shares: the folder of its database cluster. The cluster itself starts when the first test asks for it. */
import { makeTestCluster, removeTestCluster, testClusterVariable } from "@sotto/server/unsafe-test-database";

/** Runs before the first test file. Every project of a run calls it; the first one makes the folder and removes it in the end. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[testClusterVariable] !== undefined) return async () => undefined;
  const directory = await makeTestCluster();
  process.env[testClusterVariable] = directory;
  return async () => {
    delete process.env[testClusterVariable];
    await removeTestCluster(directory);
  };
}
