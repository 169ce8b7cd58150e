import { encodeFrameStub, idToBytes, stubOfFrame } from "@sotto/vault/public";
import type { Writer } from "./store.ts";

/**
 * Puts stubs in the place of this author's frames. What is not a frame of theirs, or is erased already, is left as it is. Two requests at
 * once take turns at the rows, and the second finds nothing left to do.
 */
export async function eraseFramesOf(
  writer: Writer,
  wish: { readonly room: string; readonly author: string; readonly ids: readonly string[] },
): Promise<void> {
  const rows = await writer.read<{ seq: string; bytes: Buffer }>(
    `select seq, bytes from room_item
     where practice_id = $1 and room_id = $2 and author_id = $3 and kind = 'frame' and item_id = any($4::bytea[])
     order by seq for update`,
    [writer.practice, wish.room, wish.author, wish.ids.map((id) => Buffer.from(idToBytes(id)))],
  );
  for (const { bytes, seq } of rows) {
    const stub = encodeFrameStub(stubOfFrame(new Uint8Array(bytes)));
    await writer.write(
      "update room_item set kind = 'erased', bytes = $4 where practice_id = $1 and room_id = $2 and seq = $3 and kind = 'frame'",
      [writer.practice, wish.room, seq, Buffer.from(stub)],
    );
  }
}
