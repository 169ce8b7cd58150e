import {
  ByteReader,
  ByteWriter,
  decodeVaultState,
  encodeVaultState,
  localKey,
  mergeVaultStates,
} from "@sotto/vault";
import type { Bytes, VaultState } from "@sotto/vault";
import type { Person } from "../home.ts";
import type { Ports } from "../ports.ts";
import { LocalRecords } from "./records.ts";
import { readOrNull } from "../unreadable.ts";

/** A vault as a device knows it. */
export interface KnownVault {
  readonly state: VaultState;
  /** The state that the server is known to have; another one than `state` as long as something is unwritten. */
  readonly base: VaultState;
  /** The version under which it has it. */
  readonly version: number;
}

const LABEL = "fam/local-vault/1";
const STATE_BYTES_MAX = 4 * 1024 * 1024;

/** Puts the vault on this device, sealed (docs/formats/local.md). */
export async function saveVault(local: LocalRecords, vault: KnownVault): Promise<void> {
  const { base, state, version } = vault;
  const writer = ByteWriter.labelled(LABEL).unsigned(version, 8);
  writer.block32(encodeVaultState(state), STATE_BYTES_MAX);
  writer.optional(base === state ? null : base, (old) =>
    writer.block32(encodeVaultState(old), STATE_BYTES_MAX),
  );
  await local.writeSealed("vault", writer.bytes());
}

/** The vault as this device last had it; null when it never had one, or it is damaged. */
export async function loadVault(local: LocalRecords): Promise<KnownVault | null> {
  const bytes = await local.readSealed("vault");
  if (bytes === null) return null;
  return readOrNull(() => {
    const reader = ByteReader.labelled(bytes, LABEL, 2 * STATE_BYTES_MAX + 100);
    const version = reader.unsigned(8);
    const state = decodeVaultState(reader.block32(STATE_BYTES_MAX));
    const base = reader.optional(() => decodeVaultState(reader.block32(STATE_BYTES_MAX)));
    reader.end();
    return { state, base: base ?? state, version };
  });
}

/** The vault of somebody who was kept on this device; `older` opens what was kept under earlier vault keys. */
export async function keptVault(
  ports: Ports,
  person: Person,
  older: readonly Bytes[] = [],
): Promise<KnownVault | null> {
  const local = new LocalRecords(ports, person.account, await localKey(person.vaultKey), older);
  try {
    return await loadVault(local);
  } finally {
    local.close();
  }
}

/**
 * What this device held of a vault, and what the server has just given of it. A device that is ahead of the server keeps
 * what it has, and its keeper, which compares versions, says so.
 */
export function joinVaults(held: KnownVault | null, given: KnownVault): KnownVault {
  if (held === null) return given;
  if (held.version >= given.version) return held;
  if (held.state === held.base) return given;
  return { ...given, state: mergeVaultStates(held.state, given.state, held.base) };
}
