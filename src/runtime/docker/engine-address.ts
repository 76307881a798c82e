import { get } from 'node:http';
import { connect } from 'node:net';
import { BadInputError } from '../../errors.js';

/** Where an engine's API is. */
export type EngineAddress = { readonly socket: string } | { readonly host: string; readonly port: number };

const localOnly = 'unset DOCKER_HOST, or point it to an engine of this machine';

/**
 * The address that DOCKER_HOST gives; null where it gives none.
 * @throws BadInputError where it is on another machine: load only ever goes to loopback addresses.
 */
export function parseDockerHost(dockerHost: string | undefined): EngineAddress | null {
  if (dockerHost === undefined || dockerHost === '') return null;
  if (!URL.canParse(dockerHost)) throw new BadInputError(`DOCKER_HOST=${dockerHost} is not a URL`, localOnly);
  const { protocol, hostname, port, pathname } = new URL(dockerHost);
  if (protocol === 'unix:') return { socket: pathname };
  const isTcp = ['tcp:', 'http:', 'https:'].includes(protocol);
  // The name is the user's own; a message must not show what else the URL may hold, such as a password.
  const where = `${protocol}//${hostname}`;
  if (!isTcp) throw new BadInputError(`DOCKER_HOST (${where}) is neither a Unix socket nor TCP`, localOnly);
  const address = { host: hostname, port: port === '' ? 2375 : Number(port) };
  if (!isLocal(address)) {
    throw new BadInputError(`DOCKER_HOST (${where}) is an engine on another machine`, localOnly);
  }
  return address;
}

/** Whether the engine is reached without leaving this machine. */
export function isLocal(address: EngineAddress): boolean {
  if ('socket' in address) return true;
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(address.host);
}

export function isSameAddress(one: EngineAddress, other: EngineAddress): boolean {
  return toDockerHost(one) === toDockerHost(other);
}

/** An address as DOCKER_HOST has it. */
export function toDockerHost(address: EngineAddress): string {
  return 'socket' in address ? `unix://${address.socket}` : `tcp://${address.host}:${address.port}`;
}

/** Why nothing can be reached at an address, as the system's error code such as ECONNREFUSED; null where something listens. */
export function connectionError(address: EngineAddress): Promise<string | null> {
  return new Promise((resolve) => {
    const socket =
      'socket' in address
        ? connect({ path: address.socket })
        : connect({ host: address.host.replace(/^\[(.*)\]$/, '$1'), port: address.port });
    const settle = (error: string | null) => {
      socket.destroy();
      resolve(error);
    };
    socket.setTimeout(5_000, () => settle('ETIMEDOUT'));
    socket.once('connect', () => settle(null));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
  });
}

/** Why an engine gives no answer to a ping (Docker Engine API, SystemPing), in a few words; null where it gives one. */
export function pingError(address: EngineAddress, signal: AbortSignal): Promise<string | null> {
  const where =
    'socket' in address ? { socketPath: address.socket } : { host: address.host, port: address.port };
  return new Promise((resolve) => {
    const call = get({ ...where, path: '/_ping', signal }, (response) => {
      response.resume();
      resolve(null);
    });
    call.on('error', () => resolve(signal.aborted ? 'it takes connections and does not answer' : null));
  });
}
