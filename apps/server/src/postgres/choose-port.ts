import { rename, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { DataFolder } from "./data-folder.ts";
import { recall, rememberOnce } from "./remember-once.ts";

/** The port for the server: the one asked for, or with 0 the one this data folder remembers, picked and remembered the first time. */
export async function choosePort(asked: number, places: DataFolder): Promise<number> {
  if (asked !== 0) return asked;
  return Number(await rememberOnce(places.port, async () => String(await pickFreePort())));
}

/** Forgets a remembered port that turned out to be taken, unless another process has done so already, and remembers a free one. */
export async function chooseAnotherPort(taken: number, places: DataFolder): Promise<void> {
  if (Number(await recall(places.port)) !== taken) return;
  const beside = `${places.port}.${process.pid}`;
  await writeFile(beside, String(await pickFreePort()), { mode: 0o600 });
  await rename(beside, places.port);
}

/** True when nothing on this machine listens on the port. */
export function isFreePort(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => {
      resolve(false);
    });
    probe.listen(port, "127.0.0.1", () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

function pickFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}
