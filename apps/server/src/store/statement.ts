import type pg from "pg";

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const names = new Map<string, string>();

/** Each text is parsed and planned once per connection. */
export function named({ text, values }: Statement): pg.QueryConfig {
  const name = names.get(text) ?? `s${String(names.size)}`;
  names.set(text, name);
  return { name, text, values: [...values] };
}

/** `begin` and the tenant setting in one round trip. The id is checked, since a simple query takes no parameters. */
export function beginText(practice: string, begin: string): string {
  if (!UUID.test(practice)) throw new StoreFault("practice-id");
  return `${begin}; select set_config('app.practice_id', '${practice}', true)`;
}

/** The store was used wrongly, or holds what cannot be. `code` says which; never content. */
export class StoreFault extends Error {
  override readonly name = "StoreFault";
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
