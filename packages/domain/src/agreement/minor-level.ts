import type { GuardianTopic, MinorLevel } from "./choices.ts";

const TOPICS: { readonly [Level in MinorLevel]: readonly GuardianTopic[] } = {
  private: ["attendance", "serious-risk"],
  partial: ["attendance", "serious-risk", "how-it-goes", "topics"],
  open: ["attendance", "serious-risk", "how-it-goes", "topics", "content"],
};

/** Whether guardians may be told of this under a level: what a minor and their guardians are promised must be the same thing. */
export function isGuardianTopicAllowed(level: MinorLevel, topic: GuardianTopic): boolean {
  return TOPICS[level].includes(topic);
}
