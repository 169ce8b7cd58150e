/** A sign-in name and its six words, numbered, to be copied onto paper. */
export function PassphraseCard(props: {
  readonly nameLabel: string;
  readonly wordsLabel: string;
  readonly name: string;
  readonly words: readonly string[];
}) {
  return (
    <div className="card stack paper">
      <div>
        <p className="quiet">{props.nameLabel}</p>
        <p className="code">{props.name}</p>
      </div>
      <div className="stack-tight">
        <p className="quiet">{props.wordsLabel}</p>
        <ol className="word-grid">
          {props.words.map((word, index) => (
            <li key={`${index} ${word}`}>{word}</li>
          ))}
        </ol>
      </div>
    </div>
  );
}
