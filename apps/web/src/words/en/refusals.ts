import type { Alarm, ClientRefusal } from "@sotto/client";

/** What happened, that nothing was lost, what to do. One sentence group for every no there is. */
export const refusals: Readonly<Record<ClientRefusal, string>> = {
  malformed: "Something in this could not be read. Nothing was lost. Please try again.",
  "not-signed-in": "You are signed out. Nothing was lost. Please sign in again.",
  "sign-in-failed": "That did not match. Nothing was lost. Check each part and try again.",
  "not-allowed": "You cannot do this here. Nothing was changed.",
  "not-here": "This is not here, or not open to you.",
  "setup-code-invalid":
    "This code is not right, or it has been used. Look at the place where Sotto was started and try again.",
  "invitation-used":
    "This invitation has been used already. If it was not you, tell the person who gave it to you.",
  "invitation-expired": "This invitation is too old. Ask the person who gave it to you for a new one.",
  "invitation-revoked": "This invitation was taken back. Ask the person who gave it to you.",
  "already-signed-in": "Somebody is signed in here already. Lock Sotto first.",
  "stale-epoch":
    "The people in this room changed while you wrote. Your words are still here. Look at who is in it now and send again.",
  "stale-identity": "Somebody has new keys since. Nothing was lost. Look again and repeat what you did.",
  "stale-version": "This changed in another place. Nothing was lost. Look again and repeat what you did.",
  "event-refused": "This change could not be made. Nothing was lost. Please try again.",
  "chunks-missing": "Part of this file did not arrive. Nothing was lost. Please try again.",
  "last-factor": "This is your only way to sign in. Add another one first.",
  "name-taken": "This sign-in name is taken. Please try again with a new one.",
  "attempt-expired": "This took too long. Nothing was lost. Please start again.",
  "mail-off": "This practice sends no mail. Choose another way.",
  "code-wrong": "This is not the code in the mail. Look at the six numbers and try again.",
  "address-taken":
    "Somebody else here is reached at this address. Two people never share one. Use a mailbox that is yours alone.",
  "push-unknown":
    "This browser gets its messages in a way we do not know. Choose another way, or another browser.",
  "not-delivered":
    "It could not be delivered. Nothing was lost. Look at the address, or try again in a few minutes.",
  "too-large": "This is too long to send. Your words are still here. Send it in parts.",
  "too-many": "That was too often in a short time. Nothing was lost. Wait a minute and try again.",
  "too-many-requests": "Too many tries from this network. Nothing was lost. Wait a minute and try again.",
  offline: "There is no connection right now. Nothing was lost. Try again when you are online.",
  cancelled:
    "This was stopped, or this device has no passkey for it. Nothing was changed. Try again, or choose another way.",
  "no-prf": "This passkey cannot keep your messages safe by itself. Choose six words instead.",
  "wrong-factor": "This is not the way in to this account. Try another way to sign in.",
  "vault-unreadable":
    "The server did not give you your own keys. Nothing was lost. Try again. If it stays so, tell your therapist.",
  "way-needed": "First show a way in of yours again. Nothing was changed.",
  "weak-parameters":
    "The server asked for weaker protection than we accept. Nothing was sent. Tell your therapist.",
  "server-changed": "This is not the server you knew. Nothing was added. Talk to your therapist in person.",
  "sheet-mistyped":
    "This is not what stands on the sheet. Nothing was lost. Look at each group and try again.",
  "sheet-not-proved": "First show that you have your recovery sheet.",
  "device-in-use":
    "Somebody else is signed in on this device. Two people never share one. Use your own phone or another browser.",
  "invitation-unreadable": "This link is not whole. Scan the code again, or ask for a new link.",
  "inviter-unverified":
    "We could not make sure who invited you. Nothing was shared. Ask them in person for a new code.",
  "contact-taken":
    "Somebody else is reached at this address. Two people never share one. Choose another, or in person.",
  "contact-taken-by-minor":
    "A young person is reached at this address. Nobody else can have it. Choose another, or in person.",
  "address-malformed": "This does not look like a mail address. Look at it and try again.",
  empty: "There is nothing here yet. Write something first.",
  "too-long": "This is too long. Your words are still here. Make it shorter.",
  "too-late":
    "It is too late to change this. You can for 15 minutes. Your new words are still here. Take them back and send them anew.",
  "perhaps-sent":
    "You are not in this room any more. Your words may have come there before. Ask the person who runs the room.",
  "sent-already": "This has been sent already. You can delete it for everyone.",
  "not-a-keeper": "Only the people who look after this room can change who is in it.",
  "file-unreadable": "This file is empty or cannot be read. Nothing was sent. Please choose it again.",
  "file-too-large": "This file is too large. The limit is 100 MB. Nothing was sent.",
  "file-damaged":
    "This file is not what was sent, so it is not shown. Ask the person who sent it to send it again.",
  "device-full":
    "This device has no room left for this file. Nothing was sent. Make some room and try again.",
  "code-changed": "The numbers have just changed. Look at them again, and read them once more.",
  "nothing-proved": "First show one way in that you still have.",
  "room-open": "People can still write in this room. Close it first.",
  "room-ended": "This room has ended. Nothing that was in it is left.",
  "room-closed":
    "These rooms are closed. Nobody writes here now. Nothing was lost. Your therapist can open them again.",
  "still-in-rooms": "Some rooms still need this person. Give them into other hands first.",
  "nobody-else": "Nobody else looks after this practice yet. Invite somebody first.",
  "custodian-unreadable":
    "This is not the file that was made with the sheets, or not all of it. Nothing was changed. Choose it again.",
  "custodian-ended": "These sheets were stopped. They can never be used again here. Make new ones.",
  "rule-unusable":
    "These times do not fit each other. Nothing was changed. The professionals' room is kept at least as long as the others.",
  "in-the-way": "Something still stands in the way. Nothing was changed. Look at what it is.",
  "proposed-already": "Somebody has asked for this already. Nothing was changed.",
  "needs-another": "This takes two people. Nothing was changed. Ask somebody else who runs the practice.",
  "too-early":
    "You asked for this less than a week ago. Nothing was changed. Try again when the week is over.",
  "rooms-ended": "Rooms of this family have ended. They do not come back. Add the family anew.",
  "too-many-templates":
    "Your practice shares as many templates as it can. Save this one as a version of another.",
  "agreement-gaps":
    "Something is still missing, or does not fit together. Look at what is marked, then try again.",
  "agreement-replaced": "There is a newer version. Open that one.",
  "agreement-in-force": "Everyone has signed this already.",
  "agreement-withdrawn": "Somebody took their name back. A new version has to be offered first.",
  "agreement-recalled": "Your therapist took this version back. Please wait for the next one.",
  "agreement-not-asked": "You are not asked to sign this.",
  "agreement-not-guardian": "You are not named as this child's guardian. Ask your therapist to change it.",
  "agreement-signed-already": "You have signed this already.",
  "agreement-nothing-signed": "There is nothing of yours to take back.",
  locked: "Sotto is locked. Nothing was lost. Sign in again.",
};

/** What a person sees when keys or the log are not what they were. */
export const alarms: Readonly<Record<Alarm["kind"], string>> = {
  "log-rewritten":
    "The list of keys was changed after the fact. Do not write anything private. Talk to your therapist in person.",
  "log-split":
    "You and others were shown different lists of keys. Do not write anything private. Talk to your therapist in person.",
  "vault-rolled-back": "The server gave back an old copy of your keys. Talk to your therapist in person.",
  "room-forked": "People in a room were shown different things. Talk to your therapist in person.",
  "identity-swapped": "Somebody's key is not the one you knew. Talk to them in person before you write.",
  "server-key-changed": "The server is not the one you knew. Talk to your therapist in person.",
  "room-unreadable":
    "The server shows a room in a way that cannot be right. Something may be missing there. Talk to your therapist in person.",
};
