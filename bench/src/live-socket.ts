import { ServerMessage, type ClientMessage } from "@sotto/contract";
import { WebSocket } from "ws";

/** A live connection, welcomed by the server. What comes is for the caller to read, as cheaply as it can. */
export async function openLiveSocket(port: number, token: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/v1/live`, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const welcome = new Promise<void>((resolve, reject) => {
    socket.once("close", () => reject(new Error("the server ended the connection")));
    const wait = (text: Buffer) => {
      if (ServerMessage.parse(JSON.parse(text.toString())).kind !== "welcome") return;
      socket.off("message", wait);
      resolve();
    };
    socket.on("message", wait);
  });
  const hello: ClientMessage = { kind: "hello", token };
  socket.send(JSON.stringify(hello));
  await welcome;
  return socket;
}

/** The room of a frame that has come in this message; null for anything else. The server's own words are not checked again: that costs as much as sending them. */
export function roomOfFrame(text: Buffer): string | null {
  const message = JSON.parse(text.toString()) as ServerMessage;
  if (message.kind === "refused") throw new Error(`refused: ${message.refusal}`);
  return message.kind === "item" && message.item === "frame" ? message.room : null;
}

export function append(socket: WebSocket, room: string, bytes: string): void {
  const message: ClientMessage = { kind: "append", ref: 0, room, bytes };
  socket.send(JSON.stringify(message));
}
