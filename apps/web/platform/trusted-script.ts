interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/** Not one of our own script addresses. */
export class ScriptAddressError extends Error {
  readonly code = "script-not-ours";
}

function checkOwn(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new ScriptAddressError();
  return url;
}

const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
const policy = factory?.createPolicy("sotto-worker", { createScriptURL: checkOwn });

/** Marks a script address of our own origin as trusted, for browsers that ask for it. Throws for any other address. */
export function trustOwnScript(url: string): unknown {
  return policy === undefined ? checkOwn(url) : policy.createScriptURL(url);
}
