import { OperatorFault } from "../config/operator-fault.ts";
import type { OpenBus } from "../bus/bus.ts";
import { natsBus, tryNats, type NatsPlace } from "../bus/nats-bus.ts";
import { ok, type Symptom } from "./symptom.ts";

/** The bus of a server. Throws `OperatorFault` when it cannot be reached at the start; what happens to it later is made good. */
export function openBusOf(place: NatsPlace): OpenBus {
  const open = natsBus(place);
  return async (name, ear) => {
    try {
      return await open(name, ear);
    } catch (error) {
      throw whyNoBus(error);
    }
  };
}

/** Looks whether the bus answers and lets Sotto in. Throws `OperatorFault`. */
export async function examineBus(place: NatsPlace | null): Promise<readonly Symptom[]> {
  if (place === null) return [];
  try {
    await tryNats(place);
  } catch (error) {
    throw whyNoBus(error);
  }
  return [ok("bus", "the NATS server answers and lets Sotto in")];
}

/** What the library's error means, without its text, which may quote the address. */
function whyNoBus(error: unknown): OperatorFault {
  const name = error instanceof Error ? error.name : "";
  if (name === "AuthorizationError" || name === "UserAuthenticationExpiredError")
    return new OperatorFault(
      "bus-refuses",
      "The NATS server of SOTTO_BUS does not accept this name and password.",
      "Look at both in SOTTO_BUS, and at the users in that server's configuration.",
      error,
    );
  return new OperatorFault(
    "bus-away",
    "The NATS server of SOTTO_BUS does not answer as it should.",
    "Look whether it runs, at host and port in the setting, and at its certificate if it has one. Nothing is lost.",
    error,
  );
}
