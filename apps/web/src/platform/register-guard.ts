import { isSentFor } from "./guard-link.ts";
import { trustScriptUrl } from "./trusted-url.ts";

/**
 * Sets the guard over this page (docs/decisions/0040): it gives only what this device knows, and starts without a network. Nothing depends on it: a
 * browser that refuses is fine. A guard never changes under its address, so the browser may keep its script.
 */
export function registerGuard(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  register().catch(() => undefined);
}

async function register(): Promise<void> {
  const active = (await navigator.serviceWorker.getRegistration())?.active ?? null;
  // A page of another build than the pinned one, opened before an update or past the guard, has another guard with it: the one that stands here would
  // take it for an attack. What was here before there were guards answers nothing.
  const isGuard = active !== null && new URL(active.scriptURL).pathname.startsWith("/guard-");
  if (isGuard && !(await isSentFor(GUARD_ADDRESS, active))) return;
  await navigator.serviceWorker.register(trustScriptUrl(GUARD_ADDRESS), { updateViaCache: "all" });
}
