const KEPT_MS = 60_000;

/** Hands a file to the browser to save. It never leaves the device. */
export function saveFile(file: { readonly name: string; readonly blob: Blob }): void {
  const address = URL.createObjectURL(file.blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  // Some browsers read the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
