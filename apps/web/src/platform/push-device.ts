/** What this browser does with pushes. It never shows the page who is behind an address: only its own service worker is woken. */

type Subscribed =
  | { readonly kind: "done"; readonly value: string }
  | { readonly kind: "refused"; readonly refusal: "denied" | "failed" };

/** False in browsers without pushes, and on an iPhone until the page stands on the home screen. */
function canPush(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

/** Where messages for this device are taken; null when it has subscribed to none. */
async function endpoint(): Promise<string | null> {
  return (await subscription())?.endpoint ?? null;
}

/** Subscribes this device with the server's key. The browser may ask the person, and never hears anything else of it. */
async function subscribe(publicKey: string): Promise<Subscribed> {
  if ((await Notification.requestPermission()) !== "granted") return { kind: "refused", refusal: "denied" };
  try {
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration === undefined) return { kind: "refused", refusal: "failed" };
    // One that was made with another key would not be heard of.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    const made = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: publicKey,
    });
    return { kind: "done", value: made.endpoint };
  } catch {
    return { kind: "refused", refusal: "failed" };
  }
}

async function unsubscribe(): Promise<void> {
  await (await subscription())?.unsubscribe();
}

async function subscription(): Promise<PushSubscription | null> {
  if (!canPush()) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** This browser, as far as pushes go. */
export const pushDevice = { canPush, endpoint, subscribe, unsubscribe };
