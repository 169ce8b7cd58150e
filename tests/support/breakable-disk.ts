/** A disk of its own, in a file, that can lose its power: everything that was not flushed to it is gone. Needs root, a loop device and ext4. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface BreakableDisk {
  /** Where it is mounted. */
  readonly path: string;
  /** From this moment on nothing reaches it any more, and what was on its way does not arrive. */
  readonly cutPower: () => void;
  /** Mounts it again, as after the machine came up. Whoever used it must be gone. */
  readonly powerUp: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

const BYTES = "600M";
const UNMOUNT_TRIES = 100;

// EXT4_IOC_SHUTDOWN with "no log flush", as `xfs_io -x -c shutdown` asks for; a Debian has Perl and often no xfs_io.
const SHUTDOWN =
  'my $how = pack("L", 2); open my $disk, "<", $ARGV[0] or die; ioctl($disk, 0x8004587d, $how) or die';

/** Null, with why, where this machine cannot have one. */
export async function openBreakableDisk(): Promise<BreakableDisk | { readonly why: string }> {
  if (process.getuid?.() !== 0) return { why: "it needs root" };
  const folder = await mkdtemp(join(tmpdir(), "sotto-disk-"));
  await chmod(folder, 0o711);
  const [image, path] = [join(folder, "image"), join(folder, "disk")];
  await mkdir(path);
  const mount = () => run("mount", ["-o", "loop", image, path]);
  const made =
    run("truncate", ["-s", BYTES, image]) ?? run("mkfs.ext4", ["-q", "-F", image]) ?? mount() ?? null;
  if (made !== null) {
    await rm(folder, { recursive: true, force: true });
    return { why: made };
  }
  await chmod(path, 0o711);
  const unmount = async (): Promise<void> => {
    for (let tries = 0; run("umount", [path]) !== null; tries++) {
      if (tries >= UNMOUNT_TRIES) throw new Error("somebody still uses the disk");
      await pause(100);
    }
  };
  const disk = {
    path,
    cutPower: () => {
      execFileSync("perl", ["-e", SHUTDOWN, path], { stdio: "ignore" });
    },
    powerUp: async () => {
      await unmount();
      const why = mount();
      if (why !== null) throw new Error(why);
    },
    remove: async () => {
      await unmount();
      await rm(folder, { recursive: true, force: true });
    },
  };
  // Some machines mount what they cannot shut down; and a disk that keeps what was not flushed would show nothing.
  try {
    await writeFile(join(path, "not-flushed"), "gone with the power");
    disk.cutPower();
    await disk.powerUp();
    if (!existsSync(join(path, "not-flushed"))) return disk;
    await disk.remove();
    return { why: "what was not flushed stays" };
  } catch {
    await disk.remove();
    return { why: "its file system cannot be shut down by force" };
  }
}

/** Null when it went well, else why not. */
function run(command: string, args: readonly string[]): string | null {
  const { error, status } = spawnSync(command, args, { stdio: "ignore" });
  return error === undefined && status === 0 ? null : `${command} does not work here`;
}
