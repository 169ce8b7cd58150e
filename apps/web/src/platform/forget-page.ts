/** Removes what the page itself keeps on this device: where somebody was, what they chose for it, and the copy of the program. */
export async function forgetPage(): Promise<void> {
  sessionStorage.clear();
  localStorage.clear();
  for (const name of await caches.keys()) await caches.delete(name);
  const shells = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  for (const shell of shells) await shell.unregister();
}
