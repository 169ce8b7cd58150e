/** One thing that was looked at: well, worth a look, or broken; what was seen, and what to do where there is something to do. */
export interface Symptom {
  readonly name: string;
  readonly state: "ok" | "look" | "broken";
  readonly says: string;
  readonly todo: string | null;
}

export const ok = (name: string, says: string): Symptom => ({ name, state: "ok", says, todo: null });
export const look = (name: string, says: string, todo: string): Symptom => ({
  name,
  state: "look",
  says,
  todo,
});
export const broken = (name: string, says: string, todo: string): Symptom => ({
  name,
  state: "broken",
  says,
  todo,
});
