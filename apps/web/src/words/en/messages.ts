import { list } from "./say.ts";

/** What people do with what was said. */
export const messages = {
  menu: (name: string) => `More about this message by ${name}`,
  menuMine: "More about your message",
  you: "You",
  reply: "Reply",
  edit: "Change",
  copy: "Copy text",
  remove: "Delete for everyone",
  takeBack: "Take it back",
  copied: "Copied.",
  answers: (name: string) => `Answer to ${name}`,
  answersMe: "Answer to yourself",
  goTo: "Go to that message",
  before: "This is from before you came in.",
  gone: "This was deleted.",
  edited: "changed",
  deletedByMe: "You deleted a message.",
  deletedBy: (name: string) => `${name} deleted a message.`,
  replyingTo: (name: string) => `You answer ${name}`,
  replyingToMe: "You answer yourself",
  dropReply: "Do not answer this message",
  editing: "You change your message",
  dropEdit: "Leave it as it was",
  saveEdit: "Save",
  deleteTitle: "Delete this for everyone?",
  deleteText: (names: readonly string[]) =>
    names.length === 0
      ? "It will be gone from all your devices."
      : `It will be gone for you and for ${list(names)}. It will say that you deleted a message. Who has read it may still know it.`,
  heldFor: (seconds: number) => `Goes out in ${seconds} s`,
  undo: "Undo",
  sendNow: "Send now",
  showAll: "Show all",
  showLess: "Show less",
  earlier: "Show earlier messages",
  undoTitle: "Time to undo",
  undoHint:
    "After you press Send, you can take a message back for this long. It leaves your device only then.",
  undoChoices: { 0: "No time", 5: "5 seconds", 10: "10 seconds", 30: "30 seconds" },
};

export const search = {
  open: "Search messages",
  title: "Search messages",
  label: "Words to look for",
  hint: "Sotto looks on this device only, in the rooms you are in.",
  none: "Nothing found. Try fewer letters, or another word.",
  more: "Show more",
  found: (count: number, isMore: boolean) =>
    count === 1 && !isMore ? "1 message found" : `${count}${isMore ? " or more" : ""} messages found`,
  back: "Back to the rooms",
  file: "File",
};
