/**
 * What carries hints between the processes of one Sotto: several processes on one database tell each other what they have committed. Whatever is said may
 * be lost, come late or come twice; nothing depends on it (docs/decisions/0043).
 */
export interface Bus {
  /** Says something to every other process. */
  readonly say: (text: string) => void;
  readonly close: () => Promise<void>;
}

/** The end of a bus in one process. */
export interface Ear {
  readonly heard: (text: string) => void;
  /** From here on nothing is heard and nothing said reaches anybody. */
  readonly lost: () => void;
  readonly found: () => void;
}

/**
 * Joins the bus of the processes that share this name; those of another name are not heard. What others say after this has answered is heard. Throws when the bus
 * cannot be reached.
 */
export type OpenBus = (name: string, ear: Ear) => Promise<Bus>;
