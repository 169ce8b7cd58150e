/** One printed sheet: a page by itself, without a name of anybody or of the practice. */

const STYLE = `
  @page { size: A4; margin: 22mm }
  body { font: 12pt/1.5 "Atkinson Hyperlegible Next", Verdana, sans-serif; color: #1c1c1c; max-width: 165mm; margin: 12mm auto }
  h1 { font-size: 20pt; margin: 0 0 4mm }
  ol { list-style: none; margin: 8mm 0; padding: 5mm; border: 0.5mm solid #1c1c1c; border-radius: 3mm }
  ol li { font: 15pt/2.1 "DejaVu Sans Mono", Consolas, monospace; white-space: pre }
  li span { font: 10pt Verdana, sans-serif; color: #555; padding-right: 4mm }
  h2 { font-size: 13pt; margin: 6mm 0 1mm }
  p, ul { margin: 0 0 3mm }
`;

/** The page of a sheet. The lines of its code stand in it as they are typed. */
export function sheetPage(sheet: {
  readonly number: number;
  readonly of: number;
  readonly needed: number;
  readonly lines: readonly string[];
}): string {
  const { lines, needed, number, of } = sheet;
  const code = lines.map((line, index) => `<li><span>${String(index + 1)}</span>${line}</li>`).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sheet ${String(number)} of ${String(of)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Sheet ${String(number)} of ${String(of)}</h1>
<p>There are ${String(of)} sheets like this one. Any ${String(needed)} of them together open what was written down, if nobody else can
do it any more. One or two of them open nothing.</p>
<ol>
${code}
</ol>
<h2>What you do with it</h2>
<ul>
<li>Keep it where nobody but you comes, apart from the other sheets.</li>
<li>Do not copy it, take a photo of it, or type it anywhere.</li>
<li>Give it out when two others who hold a sheet are asked too, and you know why.</li>
</ul>
<h2>When it is used</h2>
<p>Everybody in a room that is opened with these sheets is told first: when, and for which reason.</p>
<h2>If it is gone</h2>
<p>Tell whoever gave it to you, soon. New sheets are made, and these open nothing that is written after that.</p>
<p>The first line is the same on all ${String(of)} sheets. The last group of each line checks the line.</p>
</main>
</body>
</html>
`;
}

/** The code that stands on a page, as it would be typed. */
export function codeOnPage(page: string): string {
  return [...page.matchAll(/<li><span>\d<\/span>(.*)<\/li>/g)].map(([, line = ""]) => line).join("\n");
}
