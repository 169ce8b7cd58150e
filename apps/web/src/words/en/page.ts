import type { RefusedWhy } from "../../platform/guard-messages.ts";

const refused: Readonly<Record<RefusedWhy, string>> = {
  "changed-file": "The server gave a file that is not as it was made. It was not used.",
  "not-signed": "The server gave a list of files that nobody has signed. It was not used.",
  "other-key": "The server gave a new page that was signed by somebody else. It was not used.",
  older: "The server gave an old page in place of the new one. It was not used.",
  replaced: "The server put something else in the place of what guards this page. It was stopped.",
};

/**
 * What is said of the page itself: whether it is the one that this device knows. Apart from the catalogue, which loads before sign-in: this does not,
 * and what the guard shows needs nothing else.
 */
export const page = {
  refused,
  refusedTitle: "This page is not the one you used before",
  refusedKept: "Nothing was opened. What you wrote is locked, and nothing of it is lost.",
  refusedAsk:
    "Call your practice, or ask when you are there. Until then, do not sign in to this page on a new phone or computer.",
  replacedClose:
    "Close this page now. Do not open it again and do not sign in before you have asked. Next time this device may not be able to warn you.",
  leave: "Leave",
  goOn: "Go on with the page this device knows",
  note: (why: RefusedWhy) =>
    `${refused[why]} You still use the page that this device knows. Tell your practice.`,
  title: "This page",
  hint: "The code names the page that this device uses. If it is the same as the one your practice gives out, it is the same page.",
  code: "Code of this page",
  release: (release: string) => `Version ${release}`,
  offer:
    "There is a newer page. It is used as soon as it is found in the list of keys, from the next start on.",
  taken: "There is a newer page. It is used from the next start on.",
  wasRefused: (date: string) => `On ${date} the server gave something else. It was not used.`,
  first:
    "The first time this device came here, it took what the server gave. From then on it compares. A page that lies from the start can show any code.",
  noGuard:
    "This browser does not compare the page with the one from before. Close it, open it again, and look here once more.",
};
