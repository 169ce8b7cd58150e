import encodeQR from "qr";

/** A code to scan, drawn as one SVG path. */
export function QrCode(props: { readonly text: string; readonly label: string }) {
  const rows = encodeQR(props.text, "raw", { border: 2 });
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg className="qr" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={props.label}>
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
