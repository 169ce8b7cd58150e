import { Button, Title } from "../ui/parts.tsx";
import { words } from "../words/words.ts";
import { useView } from "./link.ts";
import { goTo } from "./use-path.ts";

/** Stands where something was that is not there for this person. */
export function Gone(props: { readonly text: string }) {
  const isInStep = useInStep();
  if (!isInStep) return <p className="page">{words.starting}</p>;
  return (
    <div className="page stack">
      <Title>{words.product}</Title>
      <p>{props.text}</p>
      <div className="row">
        <Button onPress={() => goTo("/")}>{words.act.toRooms}</Button>
      </div>
    </div>
  );
}

/** Whether what is not shown is not there: before the rooms have been read it may still come. */
export function useInStep(): boolean {
  return useView("session")?.inStep === true;
}
