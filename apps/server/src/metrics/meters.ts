/**
 * What is measured, in the text format of Prometheus. Our own forty lines instead of `prom-client`: three kinds of meter are all we need, and nothing
 * here can take a label that is not in this file. No label ever holds an id of a person, a room or a practice.
 */
export interface Gauge {
  readonly name: string;
  readonly says: string;
  readonly value: number;
}

const APPEND_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

export class Meters {
  readonly #requests = new Map<
    string,
    { readonly endpoint: string; readonly status: number; count: number }
  >();
  readonly #appends: number[] = APPEND_SECONDS.map(() => 0);
  #appendCount = 0;
  #appendSeconds = 0;

  /** A request was answered. The endpoint is a name of the contract, or `page`. */
  requested(endpoint: string, status: number): void {
    const key = `${endpoint} ${String(status)}`;
    const line = this.#requests.get(key) ?? { endpoint, status, count: 0 };
    line.count += 1;
    this.#requests.set(key, line);
  }

  /** A frame was stored and everybody told, through whichever door. */
  appended(seconds: number): void {
    this.#appendCount += 1;
    this.#appendSeconds += seconds;
    for (const [index, bound] of APPEND_SECONDS.entries())
      if (seconds <= bound) this.#appends[index] = (this.#appends[index] ?? 0) + 1;
  }

  /** Everything, with the gauges as they are at this moment. */
  write(gauges: readonly Gauge[]): string {
    const lines = [
      ...headOf("sotto_requests_total", "counter", "Requests answered, by endpoint and status."),
      ...[...this.#requests.values()].map(
        ({ endpoint, status, count }) =>
          `sotto_requests_total{endpoint="${endpoint}",status="${String(status)}"} ${String(count)}`,
      ),
      ...headOf("sotto_append_seconds", "histogram", "From a frame's arrival until it is stored and told."),
      ...APPEND_SECONDS.map(
        (bound, index) =>
          `sotto_append_seconds_bucket{le="${String(bound)}"} ${String(this.#appends[index])}`,
      ),
      `sotto_append_seconds_bucket{le="+Inf"} ${String(this.#appendCount)}`,
      `sotto_append_seconds_sum ${String(this.#appendSeconds)}`,
      `sotto_append_seconds_count ${String(this.#appendCount)}`,
      ...gauges.flatMap(({ name, says, value }) => [
        ...headOf(name, "gauge", says),
        `${name} ${String(value)}`,
      ]),
    ];
    return `${lines.join("\n")}\n`;
  }
}

const headOf = (name: string, kind: string, says: string): readonly string[] => [
  `# HELP ${name} ${says}`,
  `# TYPE ${name} ${kind}`,
];
