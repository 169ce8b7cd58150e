/** Takes the fragment out of the address bar and the history entry, and answers it without the `#`. Empty when there is none. */
export function takeFragment(): string {
  const fragment = location.hash.slice(1);
  if (location.hash !== "") history.replaceState(null, "", location.pathname);
  return fragment;
}
