import { WebSocketServer } from "ws";

// Connections and nothing else: what a live connection is measured against. Says where it is; ends with its parent's pipe.
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 4096 });
server.on("listening", () => {
  const address = server.address();
  console.log(JSON.stringify({ port: typeof address === "object" ? address?.port : 0, codes: [] }));
});
process.stdin.resume().on("end", () => process.exit(0));
