/** The demo cannot go on: what is wrong, and what to do. */
export class DemoFault extends Error {
  override readonly name = "DemoFault";
  readonly code: "called-wrongly" | "not-a-demo" | "demo-runs" | "port-taken" | "demo-unreadable";
  readonly remedy: string;
  constructor(code: DemoFault["code"], message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
