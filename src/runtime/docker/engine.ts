import { setTimeout as sleep } from 'node:timers/promises';
import { type ContainerRuntimeClient, getContainerRuntimeClient } from 'testcontainers';
import { BadInputError, MissingError } from '../../errors.js';
import {
  connectionError,
  type EngineAddress,
  isLocal,
  isSameAddress,
  parseDockerHost,
  pingError,
  toDockerHost,
} from './engine-address.js';

/** A Docker engine of this machine that answers. */
export interface Engine {
  readonly client: ContainerRuntimeClient;
  /** As DOCKER_HOST has it. */
  readonly dockerHost: string;
  readonly version: string;
}

const defaultSocket = '/var/run/docker.sock';
const answerWithinMs = 15_000;

/**
 * Finds the engine: DOCKER_HOST, else the usual sockets.
 * @throws BadInputError where it is on another machine; MissingError where none answers.
 */
export async function connectEngine(): Promise<Engine> {
  const wanted = parseDockerHost(process.env.DOCKER_HOST);
  // testcontainers silently takes another engine where DOCKER_HOST is dead; what the user named is what is measured.
  const refusal = wanted && (await connectionError(wanted));
  if (wanted && refusal) throw noEngine(wanted, refusal);
  const client = await findEngine();
  const found = addressOf(client) ?? { socket: defaultSocket };
  if (!isLocal(found)) {
    throw new BadInputError(
      `testcontainers is set up for the Docker engine at ${toDockerHost(found)}, on another machine`,
      'take it out of ~/.testcontainers.properties',
    );
  }
  if (wanted && !isSameAddress(wanted, found)) throw noEngine(wanted, 'no Docker engine answers there');
  const { serverVersion } = client.info.containerRuntime;
  return { client, dockerHost: toDockerHost(found), version: String(serverVersion) };
}

/**
 * Asks for a first answer, and gives up when it is told to: an engine that takes a connection and then says nothing holds up
 * whoever waits for it.
 * @throws BadInputError where DOCKER_HOST is on another machine; MissingError where nothing answers there, or at the usual socket.
 */
export async function engineAnswers(signal: AbortSignal): Promise<void> {
  const wanted = parseDockerHost(process.env.DOCKER_HOST);
  const address = wanted ?? { socket: defaultSocket };
  const refusal = await connectionError(address);
  // Without DOCKER_HOST there are other sockets, such as a user's own, which connectEngine knows.
  if (refusal && wanted) throw noEngine(address, refusal);
  if (refusal) return;
  const silence = await pingError(address, signal);
  if (silence !== null) throw noEngine(address, silence);
}

async function findEngine(): Promise<ContainerRuntimeClient> {
  const answered = new AbortController();
  const tooLate = sleep(answerWithinMs, null, { ref: false, signal: answered.signal });
  // Aborted, it rejects when nobody waits for it any more.
  tooLate.catch(() => null);
  try {
    const client = await Promise.race([getContainerRuntimeClient(), tooLate]);
    if (client === null) throw new Error(`no answer in ${answerWithinMs} ms`);
    return client;
  } catch (error) {
    const socket = { socket: defaultSocket };
    const reason = (await connectionError(socket)) ?? String(error);
    throw noEngine(socket, reason, error);
  } finally {
    answered.abort();
  }
}

function noEngine(address: EngineAddress, reason: string, cause?: unknown): MissingError {
  const next =
    reason === 'EACCES' || reason === 'EPERM'
      ? 'add your user to the docker group and log in again, or use --runtime native'
      : 'start Docker (try "docker info"), or use --runtime native';
  return new MissingError(`no Docker engine at ${toDockerHost(address)}: ${reason}`, next, cause);
}

// Its types don't show where the client is connected to.
function addressOf(client: ContainerRuntimeClient): EngineAddress | null {
  const modem: object = client.container.dockerode.modem;
  if ('socketPath' in modem && typeof modem.socketPath === 'string') return { socket: modem.socketPath };
  if ('host' in modem && typeof modem.host === 'string' && 'port' in modem) {
    return { host: modem.host, port: Number(modem.port) };
  }
  return null;
}
