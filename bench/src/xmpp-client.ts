import { connect, type Socket } from "node:net";

/** One person on an XMPP server on this machine, as small as a load can be: plain sign-in, and messages by their ids. */
export interface XmppClient {
  readonly send: (to: string, id: string, body: string) => void;
  readonly close: () => void;
}

const DOMAIN = "localhost";

export async function openXmpp(
  port: number,
  wish: { readonly user: string; readonly password: string; readonly heard: (id: string) => void },
): Promise<XmppClient> {
  const { heard, password, user } = wish;
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  const talk = makeTalk(socket);
  const header = `<stream:stream to='${DOMAIN}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;
  await talk(`<?xml version='1.0'?>${header}`, "</stream:features>");
  const plain = Buffer.from(`\0${user}\0${password}`).toString("base64");
  await talk(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${plain}</auth>`, "<success");
  await talk(`<?xml version='1.0'?>${header}`, "</stream:features>");
  const bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind>";
  await talk(`<iq type='set' id='bind'>${bind}</iq>`, "</iq>");
  socket.write("<presence/>");
  hearMessages(socket, heard);
  return {
    send: (to, id, body) =>
      void socket.write(
        `<message to='${to}@${DOMAIN}' type='chat' id='${id}' xmlns='jabber:client'><body>${body}</body></message>`,
      ),
    close: () => void socket.destroy(),
  };
}

/** Says something and waits until this has come back. */
function makeTalk(socket: Socket): (say: string, until: string) => Promise<void> {
  return (say, until) =>
    new Promise((resolve, reject) => {
      let text = "";
      const end = () => {
        socket.off("data", take).off("error", fail).off("close", fail);
      };
      const fail = () => {
        end();
        reject(new Error(`the XMPP server ended the connection before ${until}`));
      };
      const take = (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes("<failure") || text.includes("<stream:error")) return fail();
        if (!text.includes(until)) return;
        end();
        resolve();
      };
      socket.on("data", take).on("error", fail).on("close", fail);
      socket.write(say);
    });
}

function hearMessages(socket: Socket, heard: (id: string) => void): void {
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    for (let end = text.indexOf("</message>"); end >= 0; end = text.indexOf("</message>")) {
      const message = text.slice(0, end);
      text = text.slice(end + 10);
      const id = /<message[^>]* id=['"]([^'"]+)['"]/.exec(message)?.[1];
      if (id !== undefined && message.includes("<body")) heard(id);
    }
  });
  socket.on("error", () => undefined);
}
