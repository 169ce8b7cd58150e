/** The initials of a person on their colour; 16 colours, the same everywhere. */
export function Face(props: { readonly name: string; readonly face: number }) {
  const initials = props.name
    .split(/\s+/u)
    .map((part) => [...part][0] ?? "")
    .slice(0, 2)
    .join("");
  return (
    <span className={`face face-${props.face % 16}`} aria-hidden="true">
      {initials.toUpperCase()}
    </span>
  );
}
