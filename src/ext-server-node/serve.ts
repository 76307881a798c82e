import type { Server } from 'node:net';
import { formatAddress } from './address.js';
import { adminServer } from './admin.js';
import type { Counts } from './counts.js';
import type { Flags } from './flags.js';
import { listen } from './listen.js';

/** What serves clients: a server that accepts their connections, and a way to let these go. */
export interface ClientServer {
  readonly accepts: Server;
  /** Ends connections as soon as what is under way on them is done. */
  drain(): void;
}

/** How long requests under way may take to finish once the server is told to stop. */
const graceMs = 300;

/** A dead parent is noticed so late at most; asking more often would only cost. */
const parentPollMs = 500;

/**
 * Serves until SIGTERM or SIGINT. Once both addresses are bound, one line of JSON on stdout says where.
 * @throws MissingError where an address cannot be bound.
 */
export async function serve(flags: Flags, clients: ClientServer, counts: Readonly<Counts>): Promise<void> {
  const told = stopTold(flags.dieWithParent);
  const admin = adminServer(counts);
  const bound = {
    listen: formatAddress(await listen(clients.accepts, '--listen', flags.listen)),
    admin: formatAddress(await listen(admin, '--admin', flags.admin)),
  };
  process.stdout.write(`${JSON.stringify(bound)}\n`);
  await told;
  const closed = Promise.all([close(clients.accepts), close(admin)]);
  admin.closeIdleConnections();
  clients.drain();
  // What is still open after that is cut off as the process ends.
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, graceMs))]);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function stopTold(dieWithParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
    if (!dieWithParent) return;
    // Node cannot ask the kernel for a signal; but an orphan gets another parent.
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, parentPollMs).unref();
  });
}
