/**
 * Stands before the page's own script on everybody's address in the demo. It fills in and sends the form that everybody signs in by, once; whoever locks finds it filled in
 * again, to be sent by hand. What a browser kept of an earlier story is forgotten first.
 */
declare const demo: { readonly story: string; readonly name: string; readonly words: string };

const STORY = "demo-story";

function begin(): void {
  if (localStorage.getItem(STORY) === demo.story) {
    if (window !== window.top) keepOwnHistory();
    new MutationObserver(fillIn).observe(document, { childList: true, subtree: true });
    return;
  }
  // Nothing of the page may run before: it would hold open what is to be forgotten.
  window.stop();
  void fetch("/demo/clean", { cache: "no-store" }).then(() => {
    localStorage.setItem(STORY, demo.story);
    location.replace("/");
  });
}

/**
 * Pages that stand in one tab share its history, and a step back of one would take another back. Within the front page everybody has steps of their own.
 */
function keepOwnHistory(): void {
  const steps: unknown[] = history.state === null ? [null] : [null, history.state];
  const replace = history.replaceState.bind(history);
  history.pushState = (state, unused, address) => {
    steps.push(state);
    replace(state, unused, address);
  };
  history.replaceState = (state, unused, address) => {
    steps[steps.length - 1] = state;
    replace(state, unused, address);
  };
  history.back = () => {
    if (steps.length < 2) return;
    steps.pop();
    const state = steps.at(-1);
    setTimeout(() => {
      replace(state, "");
      dispatchEvent(new PopStateEvent("popstate", { state }));
    });
  };
}

const chosen = new WeakSet<HTMLFormElement>();
const filled = new WeakSet<HTMLInputElement>();
let hasComeIn = false;

function fillIn(): void {
  // Whoever is in has come in, also when the browser still knew them.
  if (document.querySelector(".shell") !== null) hasComeIn = true;
  // Only whoever has an account is offered the recovery sheet: this is the form to sign in.
  const form = document.querySelector("input[type=radio][value=recovery]")?.closest("form");
  if (!(form instanceof HTMLFormElement)) return;
  const way = form.querySelector("input[type=radio][value=passphrase]");
  if (way instanceof HTMLInputElement && !way.checked && !chosen.has(form)) {
    chosen.add(form);
    way.click();
    return;
  }
  const [name, words] = form.querySelectorAll<HTMLInputElement>("input.input");
  if (name === undefined || words === undefined || filled.has(words)) return;
  filled.add(words);
  write(name, demo.name);
  write(words, demo.words);
  if (hasComeIn) return;
  hasComeIn = true;
  setTimeout(() => form.requestSubmit());
}

/** As if it were typed: React hears of a change only when the value was set past its own watch over it. */
function write(field: HTMLInputElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

begin();
