/**
 * A room can be ended: what was in it goes, and of its events husks stay. What a request may delete of a room's items row security itself holds to
 * rooms that have ended, and never is it an event.
 */
export const endedRooms = {
  number: 10,
  name: "ended-rooms",
  statements: [
    "alter table room add column ended_at bigint",
    "create index file_by_room on file (practice_id, room_id)",
    "grant delete on room_item to sotto_app",
    `create policy only_of_ended_rooms on room_item as restrictive for delete using (kind in ('frame', 'erased') and exists (
       select from room where room.practice_id = room_item.practice_id and room.room_id = room_item.room_id and room.ended_at is not null))`,
  ],
} as const;
