import { readFileSync } from 'node:fs';
import { MissingError } from '../../errors.js';
import type { Engine } from './engine.js';

/**
 * The pid of a container's program as this machine sees it.
 * @throws MissingError where the engine's processes aren't this machine's, as with Docker Desktop.
 */
export async function hostPid(engine: Engine, id: string): Promise<number> {
  const { State } = await engine.client.container.getById(id).inspect();
  if (State.Pid > 0 && belongsTo(State.Pid, id)) return State.Pid;
  throw new MissingError(
    `the container's process (pid ${State.Pid} of the Docker engine) is not visible here, so its CPU time can't be read`,
    'run filterbench where dockerd runs (not beside a VM or from another container), or use --runtime native',
  );
}

// A pid of another machine may by chance be one of ours; only the container's own is in its cgroup.
function belongsTo(pid: number, id: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(id);
  } catch {
    return false;
  }
}
