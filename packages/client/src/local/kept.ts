import type { AccountId, FactorId, PracticeId } from "@sotto/domain";
import { ByteReader, ByteWriter, decodeUtf8, encodeUtf8, wipe } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { toId } from "../ids.ts";
import { KEPT_KEY as KEY } from "./boot.ts";
import type { Person } from "../home.ts";
import type { Ports } from "../ports.ts";
import { makeLine } from "../serial.ts";
import type { Line } from "../serial.ts";
import { readOrNull } from "../unreadable.ts";

const LABEL = "fam/kept/1";
/** How far a clock may be set back without that looking like somebody buying time. */
const CLOCK_BACK_MS_MAX = 60_000;

/**
 * Somebody unlocked, kept across a reload, sealed by the device's keeper. Keeping and forgetting take turns: after a lock
 * nothing that was on its way to the device arrives there any more.
 */
export class Kept {
  readonly #ports: Ports;
  readonly #line: Line = makeLine();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Keeps them with the time they were last there, as long as `isThere` still says so. */
  async keep(person: Person, isThere: () => boolean): Promise<void> {
    const { keeper, now, store } = this.#ports;
    if (keeper === null) return;
    await this.#line(async () => {
      if (!isThere()) return;
      const body = encodeKept(person, now());
      const value = await keeper.seal(body);
      wipe(body);
      await store.write([{ key: KEY, value }]);
    });
  }

  /** Null when nobody is kept, the keeper cannot open it, or they have been away for longer than the idle lock allows. */
  async read(): Promise<Person | null> {
    const { idleLockAfterMs, keeper, now, store } = this.#ports;
    const sealed = keeper === null ? null : await store.read(KEY);
    const body = sealed === null || keeper === null ? null : await keeper.open(sealed);
    const kept = body === null ? null : decodeKept(body);
    if (body !== null) wipe(body);
    if (kept === null) return null;
    const awayMs = now() - kept.at;
    const isAway = awayMs < -CLOCK_BACK_MS_MAX || (idleLockAfterMs !== null && awayMs > idleLockAfterMs);
    if (!isAway) return kept.person;
    wipe(kept.person.vaultKey);
    await this.forget();
    return null;
  }

  /** Forgets whoever was kept, and the key that could have opened it. */
  async forget(): Promise<void> {
    const { keeper, store } = this.#ports;
    await this.#line(async () => {
      await store.write([{ key: KEY, value: null }]);
      await keeper?.forget();
    });
  }
}

const encodeKept = (person: Person, at: number): Bytes => {
  const writer = ByteWriter.labelled(LABEL).id(person.account).id(person.practice);
  writer.unsigned(person.standing === "practice" ? 1 : 0, 1);
  writer.block8(encodeUtf8(person.session.token)).id(person.session.factor);
  return writer.fixed(person.vaultKey, 32).unsigned(at, 6).bytes();
};

const decodeKept = (body: Bytes): { readonly person: Person; readonly at: number } | null =>
  readOrNull(() => {
    const reader = ByteReader.labelled(body, LABEL, 1000);
    const account = toId<AccountId>(reader.id());
    const practice = toId<PracticeId>(reader.id());
    const standing = reader.choice(["family", "practice"]);
    const session = { token: decodeUtf8(reader.block8()), factor: toId<FactorId>(reader.id()) };
    const vaultKey = reader.fixed(32);
    const at = reader.unsigned(6);
    reader.end();
    return { person: { account, practice, standing, session, vaultKey }, at };
  });
