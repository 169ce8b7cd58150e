import { once } from "node:events";
import type { Writable } from "node:stream";
import pg from "pg";

/**
 * A physical copy of a running cluster, streamed to us by the server itself (`BASE_BACKUP` of the replication protocol, PostgreSQL documentation 55.4):
 * a tar archive that holds the log it needs, so that it opens as of the moment the copy ended. The server needs no way to our folder, and
 * nothing is written twice.
 *
 * The driver has no copying out of its own. What stands here is the part of its query interface (`submit`, `handle…`) that such an answer needs.
 */
export async function streamBaseBackup(adminUrl: string, archive: Writable): Promise<void> {
  const client = new pg.Client({ ...addressOf(adminUrl), replication: "database" } as pg.ClientConfig);
  await client.connect();
  try {
    await new Promise<void>((resolve, reject) => {
      // The driver takes anything with these methods; its types know only its own.
      client.query(new BaseBackup(archive, resolve, reject) as unknown as pg.Submittable);
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function addressOf(url: string): pg.ClientConfig {
  const address = new URL(url);
  return {
    host: address.hostname,
    port: Number(address.port),
    user: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    database: decodeURIComponent(address.pathname.slice(1)),
  };
}

interface Connection {
  readonly query: (text: string) => void;
  readonly stream: { readonly pause: () => void; readonly resume: () => void };
}

const STATEMENT = "BASE_BACKUP (LABEL 'sotto', CHECKPOINT 'fast', WAL true, MANIFEST 'no')";

/** What each piece of the answer is, by its first byte. */
const NEW_ARCHIVE = "n".charCodeAt(0);
const DATA = "d".charCodeAt(0);

class BaseBackup {
  readonly #archive: Writable;
  readonly #resolve: () => void;
  readonly #reject: (error: Error) => void;
  #connection: Connection | null = null;
  #archives = 0;
  #isWaiting = false;
  #fault: Error | null = null;

  constructor(archive: Writable, resolve: () => void, reject: (error: Error) => void) {
    this.#archive = archive;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(STATEMENT);
  }

  handleCopyData(message: { readonly chunk: Buffer }): void {
    const kind = message.chunk[0];
    if (kind === NEW_ARCHIVE) this.#archives += 1;
    if (kind !== DATA || this.#fault !== null) return;
    // The driver uses its buffer again; what is kept is copied.
    if (this.#archive.write(Buffer.from(message.chunk.subarray(1))) || this.#isWaiting) return;
    this.#waitForArchive();
  }

  /** Lets the server wait until the archive has taken what came; pieces that are on their way still come. */
  #waitForArchive(): void {
    this.#isWaiting = true;
    this.#connection?.stream.pause();
    const goOn = () => {
      this.#isWaiting = false;
      this.#connection?.stream.resume();
    };
    once(this.#archive, "drain").then(goOn, (error: Error) => {
      this.#fault = error;
      goOn();
    });
  }

  // Where the copy begins and ends, and the list of table spaces: not needed, the archive says it.
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}

  handleError(error: Error): void {
    this.#fault ??= error;
    this.#reject(this.#fault);
  }

  handleReadyForQuery(): void {
    if (this.#fault !== null) this.#reject(this.#fault);
    // A second archive would be a table space; we make none, and would lose what lies in it.
    else if (this.#archives !== 1) this.#reject(new Error("the cluster has table spaces"));
    else this.#resolve();
  }
}
