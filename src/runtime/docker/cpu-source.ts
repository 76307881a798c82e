import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CpuSource, EngineStats, LocalCpuSource } from '../types.js';
import type { Engine } from './engine.js';

/** How the CPU time of a container is read, and the pid of its program where this machine sees it. */
export interface Measurable {
  readonly cpu: CpuSource;
  readonly pid: number | null;
}

/**
 * The best instrument for a container: its program's pid, as natively; else its control group; where neither is visible here,
 * as with an engine in a virtual machine, what the engine itself tells.
 */
export async function measurable(engine: Engine, id: string): Promise<Measurable> {
  const { State } = await engine.client.container.getById(id).inspect();
  if (State.Pid > 0 && belongsTo(State.Pid, id))
    return { cpu: { kind: 'schedstat', pid: State.Pid }, pid: State.Pid };
  return { cpu: groupOf(id) ?? engineStats(engine, id), pid: null };
}

/** The CPU time of a container as its engine tells it. */
export function engineStats({ dockerHost }: Engine, id: string): EngineStats {
  return { kind: 'engine-stats', dockerHost, container: id };
}

// A pid of another machine may by chance be one of ours; only the container's own is in its cgroup.
function belongsTo(pid: number, id: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(id);
  } catch {
    return false;
  }
}

const cgroups = '/sys/fs/cgroup';
// As deep as rootless engines put theirs: user.slice/user-1000.slice/user@1000.service/app.slice/….
const deepest = 7;

/** The control group of a container, by version 2 or 1 of the kernel's interface; null where neither shows it. */
export function groupOf(id: string, root = cgroups): LocalCpuSource | null {
  const v2 = findGroup(root, id, 'cpu.stat', deepest);
  if (v2 !== null && /^usage_usec /m.test(readFileSync(join(v2, 'cpu.stat'), 'latin1')))
    return { kind: 'cgroup-v2', dir: v2 };
  const v1 = findGroup(join(root, 'cpuacct'), id, 'cpuacct.usage', deepest);
  return v1 === null ? null : { kind: 'cgroup-v1', dir: v1 };
}

// Engines name a container's group after its id: `docker/ID`, `docker-ID.scope`, `libpod-ID.scope`.
function findGroup(dir: string, id: string, file: string, depth: number): string | null {
  for (const entry of foldersIn(dir)) {
    const path = join(dir, entry.name);
    if (entry.name.includes(id)) return existsSync(join(path, file)) ? path : null;
    const found = depth > 0 ? findGroup(path, id, file, depth - 1) : null;
    if (found !== null) return found;
  }
  return null;
}

function foldersIn(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  } catch {
    return [];
  }
}
