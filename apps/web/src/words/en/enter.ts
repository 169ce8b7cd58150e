export const factor = {
  legend: "How do you want to come in?",
  passkey: "Passkey",
  passkeyHint: "Your fingerprint, your face or the code of this device. The easiest.",
  words: "Six words",
  wordsHint: "A name and six words that we make for you. You write them down.",
  sheet: "Recovery sheet",
  sheetHint: "The code on your sheet. It works once.",
  name: "Sign-in name",
  sixWords: "Your six words",
  writeDown: "Write these down",
  shownOnce: "On paper, where only you look. They are shown this one time.",
  written: "I wrote them down",
  again: "Show them again",
  check: "Look at your paper and type two of the words.",
  confirm: (position: number) => `Word number ${position}`,
  confirmWrong: "These are not the words. Look at your paper again.",
  code: "Code on the sheet",
};

export const setUp = {
  title: "Set up your practice",
  step: (step: number) => `Step ${step} of 3`,
  code: "Set-up code",
  codeHint: "It stands where Sotto was started.",
  practice: "Name of your practice",
  me: "Your name",
  hint: "These names are locked with your key. The server cannot read them.",
  factorTitle: "Your way in",
};

export const sheet = {
  title: "Your recovery sheet",
  spent: "You came in with your sheet. It is used up. Make a new one now.",
  why: "If you lose every other way in, this code opens Sotto again. Nobody else can do that for you, not even the people who run it.",
  how: "Put it on paper and keep it where only you look. Then type the code, so that we both know it is right.",
  make: "Show my sheet",
  later: "Not now",
  kept: "I have it on paper",
  pdf: "Save as PDF",
  pdfWarning: "A saved file opens your rooms for whoever finds it. Paper is safer on a shared device.",
  prove: "Type the code from your paper",
  proveHint: "Capital or small letters are the same.",
  typed: "Code",
  paperTitle: "Recovery sheet",
  paperUse: (address: string) =>
    `To use it: open ${address}, choose “Recovery sheet” and type the code. A phone camera can read it for you.`,
  paperKeep: "Keep this where only you look. It works once.",
  missing: "You have no recovery sheet yet. If you lose this device, you could lose your rooms.",
};

export const join = {
  hello: (name: string) => `Hello ${name}`,
  from: (inviter: string, practice: string) => `${inviter} (${practice}) invites you.`,
  promise: "What you write is read only by the people you see named. You choose how you come in.",
  as: (role: string) => `You come in as: ${role}`,
  notMe: (name: string) =>
    `You are not ${name}? Then close this page and tell the person who gave it to you.`,
  signInInstead: "Sign in instead",
  waitingTitle: "You are in",
  waiting:
    "Your therapist's device lets you into your rooms the next time it is open. You can close this page. Your place is kept.",
  occupiedTitle: "Somebody already uses Sotto here",
  occupied:
    "This invitation was not used. Two people never share one device in Sotto: each would see that the other is here. Open the invitation on your own phone, or in another browser.",
  occupiedBack: "Go on without the invitation",
};

export const signIn = {
  title: "Welcome back",
  first: "Sign in",
  go: "Sign in",
  none: "Here for the first time? Scan the code or open the link that you were given.",
};

export const account = {
  title: "Your account",
  signedInAs: (name: string) => `You are ${name} here.`,
  ways: "Your ways in",
  waysHint: "Have at least two. Losing one loses nothing.",
  addPasskey: "Add a passkey",
  addWords: "Add six words",
  newSheet: "Make a new recovery sheet",
  sheet: "Recovery sheet",
  sheetProved: "You have a sheet, and you showed that it is right.",
  used: (date: string) => `Last used ${date}`,
  made: (date: string) => `Made ${date}`,
  removeTitle: (name: string) => `Remove this way in: ${name}?`,
  removeText: "It will not open your account again. Nothing else changes.",
  locking: "Locking",
  lockHint: "Sotto locks by itself after 15 minutes. The Escape key locks it at once.",
};
