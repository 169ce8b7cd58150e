import { createHash, randomBytes, randomUUID } from "node:crypto";
import pg from "pg";

/** Somebody with a session, and a room of theirs. */
export interface Attendee {
  readonly practice: string;
  readonly account: string;
  readonly token: string;
  readonly room: string;
}

/** Many practices with their people and rooms, put into the server's tables: by its doors that would take an hour. */
export interface Crowd {
  /** The people, those of one practice after the other. */
  readonly attendees: readonly Attendee[];
  /** Adds so many sealed-looking entries, evenly over all rooms. */
  readonly say: (entries: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const SESSION_MS = 12 * 60 * 60 * 1000;
const BODY_BYTES = 200;

/** As the superuser, and without the checks of references that a restore leaves out too: the rows fit by the way they are made. */
export async function gatherCrowd(
  adminUrl: string,
  wish: { readonly practices: number; readonly peopleEach: number; readonly roomsEach: number },
): Promise<Crowd> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query("set session_replication_role = replica");
  const practices = Array.from({ length: wish.practices }, () => randomUUID());
  const rooms = practices.map(() => Array.from({ length: wish.roomsEach }, () => randomUUID()));
  const attendees = practices.flatMap((practice, index) =>
    Array.from({ length: wish.peopleEach }, (_, person): Attendee => ({
      practice,
      account: randomUUID(),
      token: randomBytes(32).toString("base64url"),
      room: rooms[index]?.[person % wish.roomsEach] ?? "",
    })),
  );
  await client.query(
    "insert into practice (practice_id, log_seed, log_public, log_size) select id, $2, $2, 0 from unnest($1::uuid[]) as id",
    [practices, randomBytes(32)],
  );
  await putPeople(client, attendees);
  const allRooms = rooms.flatMap((own, index) =>
    own.map((room) => ({ practice: practices[index] ?? "", room })),
  );
  await putRooms(client, allRooms);
  return {
    attendees,
    say: async (entries) => {
      await client.query(SAY, [
        Math.ceil(entries / allRooms.length),
        BODY_BYTES,
        Date.now(),
        allRooms.map(({ room }) => room),
      ]);
      await client.query("analyze");
    },
    close: () => client.end(),
  };
}

async function putPeople(client: pg.Client, attendees: readonly Attendee[]): Promise<void> {
  const [now, until] = [Date.now(), Date.now() + SESSION_MS];
  const of = (value: (attendee: Attendee) => unknown) => attendees.map(value);
  const ids = [of(({ practice }) => practice), of(({ account }) => account)];
  await client.query(
    `insert into account (practice_id, account_id, standing, created_at)
     select *, 'family', $3 from unnest($1::uuid[], $2::uuid[])`,
    [...ids, now],
  );
  const hash = (text: string) => createHash("sha256").update(text).digest();
  await client.query(
    `insert into session (practice_id, account_id, token_hash, factor_id, expires_at, session_id, created_at, seen_at)
     select practice, account, hash, account, $4, account, $5, $5 from unnest($1::uuid[], $2::uuid[], $3::bytea[]) as made (practice, account, hash)`,
    [...ids, of(({ token }) => hash(token)), until, now],
  );
  await client.query(
    `insert into door (practice_id, account_id, lookup, kind, expires_at)
     select *, 'session', $4 from unnest($1::uuid[], $2::uuid[], $3::bytea[])`,
    [...ids, of(({ token }) => hash(`session\0${token}`)), until],
  );
}

async function putRooms(
  client: pg.Client,
  rooms: readonly { readonly practice: string; readonly room: string }[],
): Promise<void> {
  const ids = [rooms.map(({ practice }) => practice), rooms.map(({ room }) => room)];
  await client.query(
    "insert into room (practice_id, room_id, epoch, head, next_seq) select *, 0, $3, 1 from unnest($1::uuid[], $2::uuid[])",
    [...ids, randomBytes(32)],
  );
  await client.query(
    `insert into room_member (practice_id, room_id, account_id, role, identity, from_seq)
     select room.practice_id, room.room_id, account.account_id, 'member', $1, 1
     from room join account on account.practice_id = room.practice_id
     where room.room_id = any($2)`,
    [randomBytes(32), ids[1]],
  );
}

const SAY = `
with said as (
  insert into room_item (practice_id, room_id, seq, kind, item_id, author_id, bytes, at)
  select room.practice_id, room.room_id, room.next_seq + number - 1, 'frame', uuid_send(gen_random_uuid()), room.room_id,
    decode(repeat(md5(number::text), $2::int / 16), 'hex'), $3
  from room, generate_series(1, $1::int) as number where room.room_id = any($4::uuid[])
)
update room set next_seq = next_seq + $1::int where room_id = any($4::uuid[])`;
