import { spawnSync } from 'node:child_process';
import { FailedError } from '../../errors.js';
import { connectEngine, type Engine } from './engine.js';
import { engineMessage, tolerating } from './engine-error.js';
import { isOwnerAlive, label, ownScope } from './labels.js';

// What the engine says of a container that is gone, or about to be.
const gone = [404, 409];
const stoppedAlready = 304;

/**
 * Ends a container gently, then by force, and removes it; harmless where it is gone already.
 * @throws FailedError where the engine does not do it.
 */
export async function endContainer(engine: Engine, id: string, gentleSeconds: number): Promise<void> {
  const container = engine.client.container.getById(id);
  try {
    await tolerating([...gone, stoppedAlready], container.stop({ t: gentleSeconds }));
    await tolerating(gone, container.remove({ force: true, v: true }));
  } catch (error) {
    throw new FailedError(
      `container ${id.slice(0, 12)} can't be removed: ${engineMessage(error)}`,
      'see whether Docker still runs ("docker info"); the next run removes it',
      error,
    );
  }
}

/** Removes containers in an 'exit' handler, where nothing asynchronous runs any more; needs Docker's command line. */
export function removeContainersNow(dockerHost: string, ids: readonly string[]): void {
  if (ids.length === 0) return;
  // Where it fails, the next run removes them by their labels.
  spawnSync('docker', ['rm', '--force', '--volumes', ...ids], {
    env: { ...process.env, DOCKER_HOST: dockerHost },
    stdio: 'ignore',
    timeout: 10_000,
  });
}

/**
 * Removes the containers that this user's killed runs left behind.
 * @returns how many.
 * @throws BadInputError, MissingError as connectEngine does.
 */
export async function removeContainersOfDeadRuns(): Promise<number> {
  const engine = await connectEngine();
  const { dockerode } = engine.client.container;
  const filters = { label: [label.owner, `${label.scope}=${ownScope()}`] };
  const containers = await dockerode.listContainers({ all: true, filters });
  const dead = containers.filter(({ Labels }) => !isOwnerAlive(Labels[label.owner] ?? ''));
  await Promise.all(dead.map(({ Id }) => endContainer(engine, Id, 0)));
  return dead.length;
}
