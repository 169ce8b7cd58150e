/** What the page and its guard (the service worker) say to each other. */

/** Why something that the server gave was refused. */
export type RefusedWhy =
  /** A file is not the one that the builder signed. */
  | "changed-file"
  /** What stands in place of the signed list of files is none, or its signature does not hold. */
  | "not-signed"
  /** A builder signed it whom this device does not know. */
  | "other-key"
  /** It is no newer than what this device has. */
  | "older"
  /** The guard's own script was changed. */
  | "replaced";

export interface RefusedView {
  readonly why: RefusedWhy;
  readonly at: number;
  /** The server has since given what it should. */
  readonly isOver: boolean;
}

/** A build by its names: bytes in hexadecimal. */
export interface BuildName {
  readonly builder: string;
  readonly manifest: string;
}

export interface GuardView {
  /** The code of the page that is in use: what two people compare. */
  readonly code: string;
  readonly release: string;
  readonly number: number;
  readonly builder: string;
  /** A newer build that lies here whole, and is not used before it is found in the key log. */
  readonly offer: BuildName | null;
  readonly refused: RefusedView | null;
}

export type ToGuard =
  | { readonly kind: "state" }
  /** Whether a guard at this path is of the pinned build. */
  | { readonly kind: "is-sent-for"; readonly path: string }
  /** The client has found this build in the key log. */
  | { readonly kind: "take"; readonly manifest: string }
  /** Whoever saw what was refused goes on with the page that this device knows. */
  | { readonly kind: "go-on" };

/** Said to every open page. A page that answers shows it itself; another one is brought to what the guard shows. */
export type FromGuard = { readonly kind: "changed" } | { readonly kind: "refused" };
