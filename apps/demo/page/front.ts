/** The front page of the demo: its people, and what those who are chosen see, side by side. */

interface PersonShown {
  readonly key: string;
  readonly name: string;
  readonly part: string;
  readonly group: string;
  readonly isStaff: boolean;
  /** Where this person's own page is. */
  readonly address: string;
}

interface Beginning {
  readonly people: readonly string[];
  readonly says: string;
}

const places = {
  people: placeOf("people"),
  beginnings: placeOf("beginnings"),
  screens: placeOf("screens"),
};

const { beginnings, people } = await read();
const buttons = new Map<string, HTMLButtonElement>();
const screens = new Map<string, HTMLElement>();

for (const group of new Set(people.map((person) => person.group))) showGroup(group);
showBeginnings();
addEventListener("hashchange", showChosen);
showChosen();

function placeOf(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no place for ${id}`);
  return found;
}

async function read(): Promise<{
  readonly people: readonly PersonShown[];
  readonly beginnings: readonly Beginning[];
}> {
  const answer = await fetch("/people.json");
  // The demo's own server answers in the shape that its front door gives it.
  return (await answer.json()) as Awaited<ReturnType<typeof read>>;
}

/** Who is chosen stands in the address, so that a reload shows them again. */
function chosen(): readonly string[] {
  const asked = decodeURIComponent(location.hash.slice(1)).split("+");
  return asked.filter((key) => people.some((person) => person.key === key));
}

function choose(keys: readonly string[]): void {
  location.hash = keys.join("+");
  showChosen();
}

function showChosen(): void {
  const keys = chosen();
  for (const [key, button] of buttons) button.ariaPressed = String(keys.includes(key));
  for (const [key, screen] of screens) {
    if (keys.includes(key)) continue;
    screen.remove();
    screens.delete(key);
  }
  // A frame that is moved would be loaded anew: those who stay keep their place, and whoever comes is put last.
  for (const person of people) {
    if (!keys.includes(person.key) || screens.has(person.key)) continue;
    const screen = makeScreen(person);
    screens.set(person.key, screen);
    places.screens.append(screen);
  }
  places.beginnings.hidden = keys.length > 0;
}

function showGroup(group: string): void {
  const list = make("ul", {});
  for (const person of people.filter((one) => one.group === group)) {
    const button = make("button", { type: "button", className: "person" });
    button.append(makeFace(person), words("strong", person.name), words("span", person.part, "quiet"));
    button.addEventListener("click", () => {
      const keys = chosen();
      const isThere = keys.includes(person.key);
      choose(isThere ? keys.filter((key) => key !== person.key) : [...keys, person.key]);
      // On a narrow screen the frames are below the people.
      if (!isThere) screens.get(person.key)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    buttons.set(person.key, button);
    const line = make("li", {});
    line.append(button);
    list.append(line);
  }
  places.people.append(words("h3", group), list);
}

function showBeginnings(): void {
  const list = make("ul", {});
  for (const { people: keys, says } of beginnings) {
    const button = make("button", { type: "button", className: "beginning" });
    const named = people.filter(({ key }) => keys.includes(key)).map(({ name }) => name);
    button.append(words("strong", named.join(", ")), words("span", says));
    button.addEventListener("click", () => choose(keys));
    const line = make("li", {});
    line.append(button);
    list.append(line);
  }
  places.beginnings.append(words("h2", "Or begin with these"), list);
}

function makeScreen(person: PersonShown): HTMLElement {
  const { address, group, key, name, part } = person;
  const screen = make("section", { className: "screen", ariaLabel: name });
  const frame = make("iframe", { title: `What ${name} sees`, src: address });
  frame.allow = "clipboard-write; microphone";
  const again = words("button", "Start again", "plain");
  again.ariaLabel = `Start again as ${name}`;
  again.addEventListener("click", () => {
    frame.src = address;
  });
  const close = words("button", "Close", "plain");
  close.ariaLabel = `Close ${name}`;
  close.addEventListener("click", () => {
    choose(chosen().filter((one) => one !== key));
    buttons.get(key)?.focus();
  });
  const tab = make("a", { href: address, target: "_blank", className: "plain", textContent: "Own tab" });
  tab.ariaLabel = `Own tab for ${name}`;
  const title = make("div", { className: "title" });
  const belongs = person.isStaff ? part : `${part}, ${group}`;
  title.append(words("h2", name), words("span", belongs, "quiet"));
  const head = make("header", {});
  head.append(makeFace(person), title, again, tab, close);
  screen.append(head, frame);
  return screen;
}

function makeFace({ key, name }: PersonShown): HTMLElement {
  const parts = name.split(" ").filter((part) => !part.endsWith("."));
  const ends = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
  const face = words("span", ends.map((part) => part?.charAt(0) ?? "").join(""), "face");
  face.ariaHidden = "true";
  face.dataset["hue"] = String(people.findIndex((person) => person.key === key) % 4);
  return face;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}

function words(name: "h2" | "h3" | "strong" | "span" | "button", text: string, className = ""): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  if (className !== "") element.className = className;
  return element;
}
