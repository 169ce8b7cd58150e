/** All that a push ever shows, on a lock screen or off it. The same for everybody. */
export const reminderSentence = "There is something new.";
