import { addContract } from "./app.ts";
import fastify from "fastify";

const describesOnly = () => Promise.reject(new Error("this application only describes itself"));

/** The OpenAPI document of the routes, as text with a newline at the end. Needs no database: no request is answered. */
export async function readOpenApi(): Promise<string> {
  const app = fastify();
  await addContract(app, () => ({ admit: describesOnly, answer: describesOnly }));
  await app.ready();
  return `${JSON.stringify(app.swagger(), null, 2)}\n`;
}
