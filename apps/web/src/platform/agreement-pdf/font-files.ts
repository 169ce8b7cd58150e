/* oxlint-disable import/default -- with ?url Vite gives the address of the file as the default */
import cyrillicBold from "@fontsource/noto-sans/files/noto-sans-cyrillic-700-normal.woff?url";
import cyrillicExtBold from "@fontsource/noto-sans/files/noto-sans-cyrillic-ext-700-normal.woff?url";
import cyrillicExt from "@fontsource/noto-sans/files/noto-sans-cyrillic-ext-400-normal.woff?url";
import cyrillic from "@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff?url";
import greekBold from "@fontsource/noto-sans/files/noto-sans-greek-700-normal.woff?url";
import greekExtBold from "@fontsource/noto-sans/files/noto-sans-greek-ext-700-normal.woff?url";
import greekExt from "@fontsource/noto-sans/files/noto-sans-greek-ext-400-normal.woff?url";
import greek from "@fontsource/noto-sans/files/noto-sans-greek-400-normal.woff?url";
import latinBold from "@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff?url";
import latinExtBold from "@fontsource/noto-sans/files/noto-sans-latin-ext-700-normal.woff?url";
import latinExt from "@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff?url";
import latin from "@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff?url";
import vietnameseBold from "@fontsource/noto-sans/files/noto-sans-vietnamese-700-normal.woff?url";
import vietnamese from "@fontsource/noto-sans/files/noto-sans-vietnamese-400-normal.woff?url";
import type { LoadFont } from "./atlas.ts";

const ADDRESSES: { readonly [File in Parameters<LoadFont>[0]]: string } = {
  "latin-400": latin,
  "latin-700": latinBold,
  "vietnamese-400": vietnamese,
  "vietnamese-700": vietnameseBold,
  "latin-ext-400": latinExt,
  "latin-ext-700": latinExtBold,
  "greek-400": greek,
  "greek-700": greekBold,
  "greek-ext-400": greekExt,
  "greek-ext-700": greekExtBold,
  "cyrillic-400": cyrillic,
  "cyrillic-700": cyrillicBold,
  "cyrillic-ext-400": cyrillicExt,
  "cyrillic-ext-700": cyrillicExtBold,
};

/** Fetches a font of this build. */
export async function fetchFont(file: Parameters<LoadFont>[0]): Promise<Uint8Array> {
  const answer = await fetch(ADDRESSES[file], { credentials: "omit" });
  if (!answer.ok) throw new Error(`no font ${file}`);
  return new Uint8Array(await answer.arrayBuffer());
}
