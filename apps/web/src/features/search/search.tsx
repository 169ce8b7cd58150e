import type { Actions, RoomLineView, SearchHit } from "@sotto/client";
import { ArrowLeft, Paperclip } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Face } from "../../ui/face.tsx";
import { Banner, Button, Title } from "../../ui/parts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { sayProblem, words } from "../../words/words.ts";

type Problem = Parameters<typeof sayProblem>[0];

interface Shown {
  readonly query: string;
  readonly hits: readonly SearchHit[];
  readonly more: boolean;
}

const NOTHING: Shown = { query: "", hits: [], more: false };

/** Looks for what was said, as one types. What was looked for is kept nowhere. */
export function SearchScreen(props: {
  readonly actions: Pick<Actions, "search">;
  readonly rooms: readonly RoomLineView[];
  readonly nameOf: (room: RoomLineView) => string;
  readonly onOpen: (hit: SearchHit) => void;
}) {
  const { actions } = props;
  const [query, setQuery] = useState("");
  const [shown, setShown] = useState<Shown>(NOTHING);
  const [problem, setProblem] = useState<Problem>(null);
  const latest = useRef("");
  const said = sayProblem(problem);
  const now = useNow();
  const look = (wanted: string, before: Shown) => {
    const after = before.hits.at(-1)?.entry ?? null;
    setProblem(null);
    actions
      .search({ query: wanted, after })
      .then((outcome) => {
        if (latest.current !== wanted) return;
        if (outcome.kind === "done") {
          const { hits, more } = outcome.value;
          setShown({ query: wanted, hits: [...before.hits, ...hits], more });
        } else if (outcome.refusal !== "cancelled") setProblem(outcome.refusal);
      })
      .catch(() => setProblem("fault"));
  };
  const type = (wanted: string) => {
    latest.current = wanted;
    setQuery(wanted);
    look(wanted, NOTHING);
  };
  useEffect(() => {
    // Makes the first letter quick; what it answers is nothing.
    void actions.search({ query: "" }).catch(() => null);
  }, [actions]);
  const rooms = new Map(props.rooms.map((room) => [room.room, room]));
  const isAsked = shown.query.trim() !== "";
  return (
    <div className="page stack">
      <div className="row">
        <a className="button" data-plain="" href="/" aria-label={words.search.back}>
          <ArrowLeft aria-hidden="true" />
        </a>
        <Title>{words.search.title}</Title>
      </div>
      <div className="field">
        <label className="stack-tight">
          {words.search.label}
          <input
            className="input"
            type="search"
            dir="auto"
            autoComplete="off"
            autoCorrect="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            aria-describedby="search-hint"
            value={query}
            onChange={(event) => type(event.target.value)}
          />
        </label>
        <span id="search-hint" className="quiet">
          {words.search.hint}
        </span>
      </div>
      {said === null ? null : <Banner>{said}</Banner>}
      <p className="quiet" role="status">
        {!isAsked
          ? ""
          : shown.hits.length === 0
            ? words.search.none
            : words.search.found(shown.hits.length, shown.more)}
      </p>
      <ul className="plain-list">
        {shown.hits.map((hit) => {
          const room = rooms.get(hit.room);
          return (
            <li key={`${hit.room} ${hit.entry}`}>
              <button
                type="button"
                className="card card-link kind hit"
                data-kind={room?.kind ?? "team"}
                onClick={() => props.onOpen(hit)}
              >
                <Face name={hit.author.name} face={hit.author.face} />
                <span className="grow stack-tight">
                  <span className="row row-between">
                    <strong>{hit.author.isMe ? words.messages.you : hit.author.name}</strong>
                    <span className="quiet">
                      {words.day(hit.at, now)}, {words.clock(hit.at)}
                    </span>
                  </span>
                  <span className="quiet">{room === undefined ? "" : props.nameOf(room)}</span>
                  <span className="hit-text" dir="auto">
                    {hit.isFile ? <Paperclip aria-label={words.search.file} size={16} /> : null}{" "}
                    {hit.parts.map((part, index) =>
                      part.isFound ? <mark key={index}>{part.text}</mark> : part.text,
                    )}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {shown.more ? <Button onPress={() => look(query, shown)}>{words.search.more}</Button> : null}
    </div>
  );
}
