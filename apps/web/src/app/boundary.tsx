import { Component, type ReactNode } from "react";
import { Button } from "../ui/parts.tsx";
import { words } from "../words/words.ts";

/** Says so where a screen did not load or failed, and keeps what stands around it. What a browser could not load it asks for again in a new page only. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    const { again, text, title } = words.notShown;
    return (
      <div className="page" role="alert">
        <h1>{title}</h1>
        <p>{text}</p>
        <Button tone="primary" onPress={() => location.reload()}>
          {again}
        </Button>
      </div>
    );
  }
}
