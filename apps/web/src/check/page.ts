/** The page around the script that checks a copy: one file, which opens from a disk and asks nobody. `hashOf` gives what the page's own policy names it by. */
export function checkPage(script: string, hashOf: (text: string) => string): string {
  // No end of a script may stand inside of one.
  const code = script.replaceAll("</script", String.raw`<\/script`);
  const policy = `default-src 'none'; script-src 'sha256-${hashOf(code)}'; style-src 'sha256-${hashOf(STYLE)}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Notes</title>
<style>${STYLE}</style>
</head>
<body>
<main id="said"></main>
<script type="module">${code}</script>
</body>
</html>
`;
}

const STYLE = `:root{color-scheme:light dark;font:100%/1.55 system-ui,sans-serif}
body{margin:0}
main{max-width:42rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.25}
h2{font-size:1.25rem;padding:.75rem 1rem;border-radius:.75rem;border:2px solid}
.yes::before{content:"\\2713\\00a0"}
.no::before{content:"!\\00a0";font-weight:bold}
button{float:right;min-height:44px;margin:0 0 .5rem 1rem;padding:0 1rem;font:inherit}
label{display:block;font-weight:600}
input{display:block;min-height:44px;margin:.5rem 0 1rem;font:inherit;max-width:100%}
li{margin-bottom:.75rem}
li p{margin:0}
.digits{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
summary{min-height:44px;display:list-item;padding-top:.6rem;cursor:pointer}
:focus-visible{outline:3px solid;outline-offset:2px}`;
