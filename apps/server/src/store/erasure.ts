import { encodeFrameStub, idToBytes, stubOfFrame } from "@sotto/vault/public";
import { bytesArray } from "./bytes-array.ts";
import type { Writer } from "./store.ts";

/**
 * Puts stubs in the place of this author's frames. What is not a frame of theirs, or is erased already, is left as it is. Two requests at
 * once take turns at the rows, and the second finds nothing left to do.
 */
export async function eraseFramesOf(
  writer: Writer,
  wish: { readonly room: string; readonly author: string; readonly ids: readonly string[] },
): Promise<void> {
  if (wish.ids.length === 0) return;
  const rows = await writer.read<{ seq: string; bytes: Buffer }>(
    `select seq, bytes from room_item
     where practice_id = $1 and room_id = $2 and author_id = $3 and kind = 'frame' and item_id = any($4::bytea[])
     order by seq for update`,
    [writer.practice, wish.room, wish.author, bytesArray(wish.ids.map((id) => idToBytes(id)))],
  );
  if (rows.length === 0) return;
  const stubs = rows.map(({ bytes }) => encodeFrameStub(stubOfFrame(new Uint8Array(bytes))));
  await writer.write(
    `update room_item item set kind = 'erased', bytes = stub.bytes from unnest($3::bigint[], $4::bytea[]) as stub (seq, bytes)
     where item.practice_id = $1 and item.room_id = $2 and item.seq = stub.seq and item.kind = 'frame'`,
    [writer.practice, wish.room, rows.map(({ seq }) => seq), bytesArray(stubs)],
  );
}
