import encodeQR from "qr";

/** A code to scan, drawn as one SVG path. `label` says what it is for those who do not see it. */
export function QrCode(props: { readonly text: string; readonly label: string }) {
  const rows = encodeQR(props.text, "raw", { ecc: "medium" });
  const path = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return (
    <svg className="qr" role="img" aria-label={props.label} viewBox={`0 0 ${rows.length} ${rows.length}`}>
      <path d={path} fill="#000" />
    </svg>
  );
}
