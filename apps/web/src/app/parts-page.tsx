import { useState, type ReactNode } from "react";
import { Ask } from "../ui/ask.tsx";
import { AudienceBar, Face, Faces, KindMark, type MarkedKind } from "../ui/face.tsx";
import { LeaveButton, LeaveProvider } from "../ui/leave.tsx";
import { Banner, Button, Check, Form, RadioCards, Select, TextField, Title } from "../ui/parts.tsx";
import { PassphraseCard } from "../ui/passphrase-card.tsx";
import { QrCode } from "../ui/qr-code.tsx";

const KINDS: readonly MarkedKind[] = ["family", "subgroup", "private", "team", "practice"];
const PEOPLE = ["Ana Rivera", "Ben", "Tom", "Dr. Lee"].map((name, index) => ({
  account: name,
  name,
  face: index * 5,
}));
const FACES = Array.from({ length: 16 }, (_, face) => face);

function Part(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className="card stack" aria-label={props.name}>
      <h2>{props.name}</h2>
      {props.children}
    </section>
  );
}

/** Every part of the design system on one page, for those who build screens (`/ui` in development). Its words are examples. */
export function PartsPage() {
  const [text, setText] = useState("");
  const [isOn, setOn] = useState(true);
  const [choice, setChoice] = useState<"one" | "two">("one");
  const [isAsking, setAsking] = useState(false);
  return (
    <main className="page stack">
      <p className="brand">Sotto</p>
      <Title>All parts</Title>
      <Part name="Buttons">
        <div className="row">
          <Button tone="primary">Primary</Button>
          <Button>Ordinary</Button>
          <Button tone="plain">Plain</Button>
          <Button tone="danger">Danger</Button>
          <Button disabled>Disabled</Button>
        </div>
      </Part>
      <Part name="Banners">
        <Banner>Something to know now.</Banner>
        <Banner tone="quiet">Something to know.</Banner>
        <Banner tone="alarm">Something about safety.</Banner>
      </Part>
      <Part name="Fields">
        <Form onSubmit={() => setAsking(true)}>
          <TextField label="A name" hint="What it is for" value={text} onChange={setText} />
          <Select
            label="One of a list"
            value={choice}
            options={[
              ["one", "The first"],
              ["two", "The second"],
            ]}
            onChange={setChoice}
          />
          <Check label="A yes or no" checked={isOn} onChange={setOn} />
          <RadioCards
            legend="One of a few"
            value={choice}
            onChange={setChoice}
            options={[
              { value: "one", title: "The first", hint: "With a sentence about it." },
              { value: "two", title: "The second", hint: "With another." },
            ]}
          />
          <Button submit>Ask</Button>
        </Form>
      </Part>
      <Part name="Faces">
        <div className="row">
          {FACES.map((face) => (
            <Face key={face} name="Ana B" face={face} />
          ))}
        </div>
        <Faces people={PEOPLE} />
      </Part>
      <Part name="Rooms and who reads">
        {KINDS.map((kind) => (
          <div key={kind} className="row kind" data-kind={kind}>
            <KindMark kind={kind} />
            <div className="grow">
              <AudienceBar kind={kind} title={`Only these people read here (${kind})`} people={PEOPLE} />
            </div>
          </div>
        ))}
      </Part>
      <Part name="To write down and to scan">
        <PassphraseCard
          nameLabel="Sign-in name"
          wordsLabel="Six words"
          name="quiet-river-42"
          words={["one", "two", "three", "four", "five", "six"]}
        />
        <QrCode text="an example" label="A code to scan" />
      </Part>
      <LeaveProvider value={{ text: "Leave", label: "Leave now", onLeave: () => setAsking(false) }}>
        <Part name="To leave at once: here in a dialog, and at the edge of every screen">
          <LeaveButton place="inline" />
          <LeaveButton place="edge" />
        </Part>
      </LeaveProvider>
      {isAsking ? (
        <Ask
          title="Do this?"
          text="It cannot be taken back."
          yes="Do it"
          no="Cancel"
          onYes={() => setAsking(false)}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </main>
  );
}
