import { Banner } from "../ui/parts.tsx";
import type { GuardView } from "../platform/guard-messages.ts";
import { page } from "../words/page.ts";
import { words } from "../words/words.ts";
import { sayCode } from "../platform/say-code.ts";

/** Which page this device uses: its code to compare, and what the server gave instead, if it ever did. */
export function PageCode(props: { readonly guard: GuardView | null }) {
  const { guard } = props;
  if (guard === null) {
    return (
      <>
        <h2>{page.title}</h2>
        <p>{page.noGuard}</p>
      </>
    );
  }
  const { code, offer, refused, release } = guard;
  return (
    <>
      <div>
        <h2>{page.title}</h2>
        <p className="quiet">{page.hint}</p>
      </div>
      <p>
        {page.code}: <strong className="code">{sayCode(code)}</strong>
        <br />
        <span className="quiet">{page.release(release)}</span>
      </p>
      <p className="quiet">{page.first}</p>
      {offer === null ? null : <p>{page.offer}</p>}
      {refused === null ? null : <Banner tone="quiet">{page.wasRefused(words.date(refused.at))}</Banner>}
    </>
  );
}
