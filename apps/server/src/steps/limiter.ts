import { hashToken, type Session } from "../store/session.ts";
import { Buckets, type Rate } from "./buckets.ts";

/** Who asks, as far as it can be told before anybody has signed in. Kept in memory while it is used, and nowhere else. */
export interface From {
  /** The address, or the part of it that one household has; null where all people would have the same one. */
  readonly network: string | null;
  /** The account that this device has signed in to before, as its mark proves (decision 0042). */
  readonly knownTo: string | null;
}

/**
 * What is allowed, for a family behind one router and a school behind one address alike. Tries are a hundred bits away from a secret: these numbers guard the
 * server, not the passphrases (decision 0042).
 */
export const USUAL_RATES = {
  /** Whatever is asked by whoever is not signed in, the page and its files too. */
  stranger: { burst: 20_000, perMinute: 6_000 },
  /** Coming in: ceremonies, set-up codes, invitations, enrolment. A try that failed counts as ten. */
  entrance: { burst: 300, perMinute: 60 },
  /** One sign-in name from one network, or from the devices of one account. */
  name: { burst: 10, perMinute: 4 },
  /** Session tokens that are none. Looking them up is bounded by what strangers may ask. */
  token: { burst: 60, perMinute: 60 },
  /** What somebody asks who is signed in. */
  session: { burst: 1_000, perMinute: 3_000 },
} as const satisfies { readonly [name: string]: Rate };

const FAILED_COSTS = 10;
const KEYS_MAX = 50_000;

/**
 * Says who has to wait, in milliseconds; 0 is go on. Nothing here ever closes an account: what one network did is counted against that network, and a device
 * that signed in before is counted by itself.
 */
export class Limiter {
  readonly #stranger: Buckets;
  readonly #entrance: Buckets;
  readonly #name: Buckets;
  readonly #token: Buckets;
  readonly #session: Buckets;

  /** `times` multiplies every number; null limits nothing. */
  constructor(times: number | null, now: () => number) {
    const factor = times ?? Number.MAX_SAFE_INTEGER;
    const of = ({ burst, perMinute }: Rate): Buckets =>
      new Buckets({ burst: burst * factor, perMinute: perMinute * factor }, now, KEYS_MAX);
    this.#stranger = of(USUAL_RATES.stranger);
    this.#entrance = of(USUAL_RATES.entrance);
    this.#name = of(USUAL_RATES.name);
    this.#token = of(USUAL_RATES.token);
    this.#session = of(USUAL_RATES.session);
  }

  stranger({ network }: From): number {
    return network === null ? 0 : this.#stranger.take(network);
  }

  entrance(from: From): number {
    const key = whoOf(from);
    return key === null ? 0 : this.#entrance.take(key);
  }

  entranceFailed(from: From): void {
    const key = whoOf(from);
    if (key !== null) this.#entrance.charge(key, FAILED_COSTS - 1);
  }

  /** `account` is null for a name that nobody has: it is limited like any other. */
  name(from: From, name: string, account: string | null): number {
    const key = nameKey(from, name, account);
    return key === null ? 0 : this.#name.take(key);
  }

  nameHeld(from: From, name: string, account: string): void {
    const key = nameKey(from, name, account);
    if (key !== null) this.#name.fill(key);
  }

  /**
   * Before a token is looked up. A session that was used not long ago is not kept out by what others of its network try; any other one is looked up as long as its
   * network may ask anything at all, so that those who were here before a restart are found beside somebody who makes tokens up.
   */
  token(from: From, token: string): number {
    return this.#session.has(sessionKey(hashToken(token))) ? 0 : this.stranger(from);
  }

  /** There is no such session, or no longer. Answers how long whoever showed it has to wait. */
  tokenFailed({ network }: From, token: string): number {
    this.#session.fill(sessionKey(hashToken(token)));
    return network === null ? 0 : this.#token.take(network);
  }

  /** A session was just made: its first request is no stranger's. */
  opened(token: string): void {
    this.#session.charge(sessionKey(hashToken(token)), 0);
  }

  session({ tokenHash }: Pick<Session, "tokenHash">): number {
    return this.#session.take(sessionKey(tokenHash));
  }
}

/** Names a session in memory without being able to use it. */
const sessionKey = (tokenHash: Buffer): string => tokenHash.toString("base64url");

/** Devices are counted by their account, or each sign-in would make a new one that nothing has been counted of. */
function whoOf({ knownTo, network }: From): string | null {
  if (knownTo !== null) return `account ${knownTo}`;
  return network === null ? null : `network ${network}`;
}

/** A mark speaks for its own account alone: whoever has one is a stranger at every other name. */
function nameKey({ knownTo, network }: From, name: string, account: string | null): string | null {
  const who = whoOf({ network, knownTo: knownTo === account ? knownTo : null });
  return who === null ? null : `${who} ${name}`;
}
