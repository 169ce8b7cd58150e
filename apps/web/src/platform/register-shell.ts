import { trustScriptUrl } from "./trusted-url.ts";

/** Keeps the built shell on the device, so that it starts without a network. Nothing depends on it: a browser that refuses is fine. */
export function registerShell(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(trustScriptUrl("/sw.js")).catch(() => undefined);
}
