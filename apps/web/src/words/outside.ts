/** What is shown outside of the app is said in both languages to everybody: nobody has to know which one somebody reads. */
export const reminderSentence = "There is something new. Hay algo nuevo.";
export const calendarSentence = "Have a look when you have a quiet moment. Míralo en un momento tranquilo.";
