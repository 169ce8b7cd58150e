import { addContract } from "./app.ts";
import fastify from "fastify";

/** The OpenAPI document of the routes, as text with a newline at the end. Needs no database: no request is answered. */
export async function readOpenApi(): Promise<string> {
  const app = fastify();
  await addContract(app, () => () => Promise.reject(new Error("this application only describes itself")));
  await app.ready();
  return `${JSON.stringify(app.swagger(), null, 2)}\n`;
}
