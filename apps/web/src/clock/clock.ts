import "./clock.css";

/** A clock, and nothing else: what whoever leaves in a hurry is shown. It knows nothing of the rest and asks nobody. */
const write = (id: string, text: string): void => {
  const place = document.getElementById(id);
  if (place !== null) place.textContent = text;
};

function show(): void {
  const now = new Date();
  write("time", new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(now));
  write("day", new Intl.DateTimeFormat(undefined, { dateStyle: "full" }).format(now));
}

show();
setInterval(show, 1_000);
