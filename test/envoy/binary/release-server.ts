import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface ReleaseServer {
  baseUrl: string;
  /** The paths that were asked for, in order. */
  requests: string[];
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server on loopback that stands in for Envoy's releases; paths it doesn't know are 404. */
export async function serveReleases(
  answers: Record<string, Answer | string | Buffer>,
): Promise<ReleaseServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const answer = answers[path];
    if (answer === undefined) response.writeHead(404).end('Not Found');
    else if (typeof answer === 'function') answer(response, request);
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** A checksum file as Envoy signs it. */
export function checksums(entries: Record<string, string>): string {
  const lines = Object.entries(entries).map(([asset, sum]) => `${sum}  /tmp/tmpa1b2c3d4/bin/${asset}`);
  return [
    '-----BEGIN PGP SIGNED MESSAGE-----',
    'Hash: SHA512',
    '',
    ...lines,
    '-----BEGIN PGP SIGNATURE-----',
    '',
    'iQIzBAEBCgAdFiEE',
    '-----END PGP SIGNATURE-----',
    '',
  ].join('\n');
}
