import { useEffect, useMemo } from "react";

/** An address in this page for bytes that are here; null for none. It goes when what shows it goes. */
export function useBlobUrl(blob: Blob | null): string | null {
  const url = useMemo(() => (blob === null ? null : URL.createObjectURL(blob)), [blob]);
  useEffect(
    () => () => {
      if (url !== null) URL.revokeObjectURL(url);
    },
    [url],
  );
  return url;
}
