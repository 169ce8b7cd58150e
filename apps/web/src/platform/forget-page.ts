/** Removes what the page itself keeps on this device: where somebody was, what they chose for it, and the copy of the program. */
export async function forgetPage(): Promise<void> {
  sessionStorage.clear();
  localStorage.clear();
  // The guard first: one that finds its files gone would fetch them again.
  const guards = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  for (const guard of guards) await guard.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}
