import type { FormEvent, ReactNode } from "react";

interface Holding {
  readonly children: ReactNode;
}

/** One thing on one page, before sign-in. */
export function Page(props: Holding & { readonly title: string }) {
  return (
    <main className="page stack">
      <h1>{props.title}</h1>
      {props.children}
    </main>
  );
}

export function Card(props: Holding) {
  return <section className="card stack">{props.children}</section>;
}

/** Something to know. `safety` is kept for danger. */
export function Banner(props: Holding & { readonly safety?: boolean }) {
  return (
    <div role={props.safety ? "alert" : "status"} className={props.safety ? "banner banner-safety" : "banner"}>
      {props.children}
    </div>
  );
}

/** What to do where there is nothing yet. */
export function EmptyState(props: Holding) {
  return <p className="empty">{props.children}</p>;
}

/** A form that answers to the Enter key. */
export function Form(props: Holding & { readonly onSubmit: () => void }) {
  return (
    <form
      className="stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
    </form>
  );
}
