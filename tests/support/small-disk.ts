/** A disk of its own that is soon full. Needs root, since it is mounted. */
import { spawnSync } from "node:child_process";
import { openTestFolder } from "./test-folder.ts";

export interface SmallDisk {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Why not, where this machine cannot have one. */
export async function openSmallDisk(bytes: number): Promise<SmallDisk | { readonly why: string }> {
  if (process.getuid?.() !== 0) return { why: "it needs root" };
  const folder = await openTestFolder();
  const options = `size=${String(bytes)},mode=700`;
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder.path], {
    encoding: "utf8",
  });
  if (mounted.status !== 0) {
    await folder.remove();
    return { why: mounted.error?.message ?? mounted.stderr.trim() };
  }
  return {
    path: folder.path,
    remove: async () => {
      spawnSync("umount", ["-l", folder.path]);
      await folder.remove();
    },
  };
}
