import { Copy, Printer } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/parts.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { familyWords as family } from "../../words/family.ts";
import { words } from "../../words/words.ts";

/** An open invitation: a code to scan in the session, a card to print, a link to copy. */
export function InvitationCard(props: {
  readonly link: string;
  readonly expiresAt: number;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="stack">
      <p>{family.scan(props.name)}</p>
      <p className="quiet">{family.scanning}</p>
      <div className="stack paper">
        <QrCode text={props.link} label={family.invitationFor(props.name)} />
        <p className="print-only">{family.card}</p>
        <p className="quiet">{family.until(words.date(props.expiresAt))}</p>
      </div>
      <div className="row">
        <Button onPress={() => window.print()}>
          <Printer aria-hidden="true" size={20} />
          {words.act.print}
        </Button>
        <Button onPress={() => void navigator.clipboard.writeText(props.link).then(() => setCopied(true))}>
          <Copy aria-hidden="true" size={20} />
          {isCopied ? words.act.copied : words.act.copy}
        </Button>
        <Button tone="plain" onPress={props.onClose}>
          {family.hide}
        </Button>
      </div>
      <p className="quiet">{family.copyWarning}</p>
    </div>
  );
}
