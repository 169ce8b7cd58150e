import { connect, type Socket } from "node:net";

/**
 * Connections to PostgreSQL that outlive the servers that used them: a process of its own, begun and ended, costs PostgreSQL as much as two hundred statements
 * do, and a storm uses about twenty. A server leaves one behind, dead or alive, only when nothing is under way on it. `discard all` then makes it as new
 * (settings, prepared statements, locks and temporary tables go), and whoever begins with the same word next hears what the first one heard.
 */
export class KeptConnections {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #idle = new Map<string, FarEnd[]>();

  constructor(databaseUrl: string) {
    const { hostname: host, port } = new URL(databaseUrl);
    this.#target = { host, port: Number(port) };
  }

  /** PostgreSQL's end of a connection for whoever begins like this. */
  take(beginning: Buffer): FarEnd {
    const kept = this.#idle.get(beginning.toString("latin1")) ?? [];
    for (let far = kept.pop(); far !== undefined; far = kept.pop()) if (far.isIdle) return far;
    return new FarEnd(connect(this.#target), beginning);
  }

  /** Keeps it for the next when nothing is under way on it, and ends it otherwise. */
  async leave(far: FarEnd): Promise<void> {
    if (!(await far.makeNew())) return far.end();
    const name = far.beginning.toString("latin1");
    this.#idle.set(name, [...(this.#idle.get(name) ?? []), far]);
  }

  close(): void {
    for (const far of [...this.#idle.values()].flat()) far.end();
    this.#idle.clear();
  }
}

const [AUTHENTICATION, READY] = ["R".charCodeAt(0), "Z".charCodeAt(0)];
const IDLE = "I".charCodeAt(0);
const DISCARD = Buffer.from("Q\0\0\0\x10discard all\0", "latin1");

const nobody = (): void => undefined;

/** PostgreSQL's end of one connection, which knows whether anything is under way on it. */
export class FarEnd {
  readonly beginning: Buffer;
  readonly #socket: Socket;
  /** What it says to whoever begins, from when they are let in until it is ready. */
  readonly #greeting: Buffer[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #hear: (piece: Buffer) => void = nobody;
  #ended: () => void = nobody;
  #ready: () => void = nobody;
  /** How often it has still to say that it is ready; the first time after its beginning. */
  #due = 1;
  #isGreeted = false;
  #isIdle = false;

  constructor(socket: Socket, beginning: Buffer) {
    this.beginning = beginning;
    this.#socket = socket;
    // What is passed on in pieces waits for nothing.
    socket.setNoDelay(true);
    // Whoever is cut off hears of it; that is the point.
    socket.on("error", () => socket.destroy());
    socket.on("data", (piece) => this.#take(piece));
    socket.on("close", () => {
      this.#isIdle = false;
      this.#ready();
      this.#ended();
    });
    socket.write(beginning);
  }

  /** False from when it is closed, too. */
  get isIdle(): boolean {
    return this.#isIdle && this.#due === 0;
  }

  /** Somebody hears from here on what it says. One who is not its first is greeted at once. */
  attach(hear: (piece: Buffer) => void, ended: () => void): void {
    [this.#hear, this.#ended] = [hear, ended];
    if (this.#isGreeted) hear(Buffer.concat(this.#greeting));
  }

  /** Passes whole messages on. `answers` says after how many of them it is ready once more. */
  write(bytes: Buffer, answers: number): void {
    this.#due += answers;
    this.#socket.write(bytes);
  }

  /** What is written in this turn goes out together. */
  gather(): void {
    this.#socket.cork();
    process.nextTick(() => this.#socket.uncork());
  }

  end(): void {
    this.#socket.destroy();
  }

  /** Lets go of whoever used it, and makes it as it was at its beginning; false when something is under way. */
  async makeNew(): Promise<boolean> {
    [this.#hear, this.#ended] = [nobody, nobody];
    if (!this.isIdle) return false;
    const done = new Promise<void>((resolve) => {
      this.#ready = resolve;
    });
    this.write(DISCARD, 1);
    await done;
    return this.isIdle;
  }

  #take(piece: Buffer): void {
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    let at = 0;
    while (this.#rest.length >= at + 5) {
      const end = at + 1 + this.#rest.readUInt32BE(at + 1);
      if (this.#rest.length < end) break;
      this.#note(this.#rest.subarray(at, end));
      at = end;
    }
    this.#rest = this.#rest.subarray(at);
    this.#hear(piece);
    if (this.#due === 0) this.#ready();
  }

  #note(message: Buffer): void {
    const [kind] = message;
    if (!this.#isGreeted) {
      // Before that they were asked for a password; a word of 0 lets them in.
      const isLetIn = kind === AUTHENTICATION && message.readUInt32BE(5) === 0;
      if (isLetIn || this.#greeting.length > 0) this.#greeting.push(Buffer.from(message));
    }
    if (kind !== READY) return;
    this.#isGreeted = true;
    this.#due -= 1;
    this.#isIdle = message[5] === IDLE;
  }
}
