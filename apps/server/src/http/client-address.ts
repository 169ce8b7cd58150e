import { BlockList, isIP } from "node:net";

/** What an address is, as a connection and a proxy's header give it. */
export type AddressReader = (
  peer: string | undefined,
  forwarded: string | readonly string[] | undefined,
) => string | null;

/**
 * Reads from where somebody comes: the address of the connection, or, when that is a proxy which the operator named, the last address in `X-Forwarded-For` that is
 * none. Nobody else's word counts. Answers the part of the address that one household has (IPv6: the first 64 bits), and null where everybody may come from one
 * address and must not be counted as one: when a named proxy does not say who asks, and when no proxy is named and the connection comes from this machine, or
 * `countsNobody` says that all come through a proxy, wherever it stands.
 */
export function makeAddressReader(
  proxies: readonly string[],
  { countsNobody }: { readonly countsNobody: boolean } = { countsNobody: false },
): AddressReader {
  const trusted = blockListOf(proxies);
  return (peer, forwarded) => {
    const named = [forwarded ?? []].flat().join(",").split(",");
    let address = plainAddress(peer ?? "");
    if (address === null) return null;
    if (countsNobody || (proxies.length === 0 && isLoopback(address))) return null;
    for (let said = 0; isIn(trusted, address); said += 1) {
      const before = plainAddress(named.pop() ?? "");
      if (before === null && said === 0) return null;
      if (before === null) break;
      address = before;
    }
    return networkOf(address);
  };
}

/** Addresses and networks (`10.0.0.0/8`) as one list. Throws for anything else. */
export function blockListOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";

/** Without a port, and without the dress of IPv6 around an IPv4 address; null for what is no address. */
function plainAddress(text: string): string | null {
  const said = text.trim().toLowerCase();
  const bare = said.replace(/^\[([^\]]*)\](?::\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1");
  const address = /^::ffff:(?=\d+\.)/.test(bare) ? bare.slice(7) : bare;
  return isIP(address) === 0 ? null : address;
}

function networkOf(address: string): string {
  if (isIP(address) === 4) return address;
  const [bare = ""] = address.split("%");
  const [before = "", after] = bare.split("::");
  const groups = (text: string): readonly string[] => (text === "" ? [] : text.split(":"));
  const left = groups(before);
  const right = after === undefined ? [] : groups(after);
  const zeros = after === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const all = [...left, ...Array.from({ length: zeros }, () => "0"), ...right];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
