import { lstatSync, unlinkSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { MissingError } from '../errors.js';
import { type Address, formatAddress } from './address.js';

/**
 * Lets `server` listen on `address`, and on nothing else. The file of a dead server's Unix socket is replaced; closing the
 * server removes it.
 * @returns the address with the port that the kernel chose
 * @throws MissingError where the address is in use or not ours to bind.
 */
export async function listen(server: Server, flag: string, address: Address): Promise<Address> {
  try {
    await bind(server, address).catch(async (error: unknown) => {
      if (!('socket' in address) || codeOf(error) !== 'EADDRINUSE' || !(await isAbandoned(address.socket))) {
        throw error;
      }
      unlinkSync(address.socket);
      await bind(server, address);
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new MissingError(
      `${flag} ${formatAddress(address)}: ${why}`,
      'give an address that is free',
      error,
    );
  }
  const bound = server.address();
  return bound === null || typeof bound === 'string' ? address : { host: bound.address, port: bound.port };
}

function bind(server: Server, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen('socket' in address ? { path: address.socket } : address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function isAbandoned(path: string): Promise<boolean> {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSocket()) return Promise.resolve(false);
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(false);
    });
    probe.once('error', (error) => resolve(codeOf(error) === 'ECONNREFUSED'));
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
