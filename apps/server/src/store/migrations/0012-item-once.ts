/**
 * An item is in its room once, which an index by its author holds. One by the room would stand beside the primary key, and while the database has not counted its
 * tables it cannot tell which of the two finds an item by its place: it looked through all that a room holds.
 */
export const itemOnce = {
  number: 12,
  name: "item-once",
  statements: [
    "create unique index room_item_once on room_item (practice_id, author_id, item_id, room_id)",
    "alter table room_item drop constraint room_item_practice_id_room_id_author_id_item_id_key",
  ],
} as const;
