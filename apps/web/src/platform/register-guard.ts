import { trustScriptUrl } from "./trusted-url.ts";

/**
 * Sets the guard over this page (docs/decisions/0040): it gives only what this device knows, and starts without a network. Nothing depends on it: a
 * browser that refuses is fine. A guard never changes under its address, so the browser may keep its script.
 */
export function registerGuard(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker
    .register(trustScriptUrl(GUARD_ADDRESS), { updateViaCache: "all" })
    .catch(() => undefined);
}
