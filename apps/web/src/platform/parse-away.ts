/** An address that somebody may be sent to when they leave: a page of the web that is not ours, and nothing that runs here. Null for anything else. */
export function parseAway(text: string, ours: string): string | null {
  const typed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (typed === "" || !URL.canParse(whole)) return null;
  const { hostname, href, origin, password, protocol, username } = new URL(whole);
  const isPlain = protocol === "https:" && hostname.includes(".") && username === "" && password === "";
  return isPlain && origin !== ours ? href : null;
}
