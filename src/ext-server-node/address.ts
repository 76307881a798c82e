import { isIP } from 'node:net';

/** Where a server listens: an IP address and port (0: any free one), or a Unix socket. */
export type Address = { readonly host: string; readonly port: number } | { readonly socket: string };

const unixPrefix = 'unix:';
const mostPort = 65_535;

/** Reads `127.0.0.1:8080`, `[::1]:8080` or `unix:/path/to.sock`; null where it is none of them. */
export function parseAddress(text: string): Address | null {
  if (text.startsWith(unixPrefix)) {
    const socket = text.slice(unixPrefix.length);
    return socket.startsWith('/') ? { socket } : null;
  }
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (bracketed !== undefined && isIP(bracketed) === 6 && port <= mostPort) return { host: bracketed, port };
  if (plain !== undefined && isIP(plain) === 4 && port <= mostPort) return { host: plain, port };
  return null;
}

/** As `parseAddress` reads it. */
export function formatAddress(address: Address): string {
  if ('socket' in address) return `${unixPrefix}${address.socket}`;
  const { host, port } = address;
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}
