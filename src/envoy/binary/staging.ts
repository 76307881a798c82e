import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

// Another host's processes can't be seen from here (a shared home), so its leftovers go by age.
const foreignLeftoverMs = 24 * 3600 * 1000;

/** A private directory inside the cache, on the same file system, gone when disposed of. */
export interface Staging extends AsyncDisposable {
  readonly dir: string;
}

/**
 * Opens a staging directory named after this process, after removing those of processes that died.
 * The caller has made the cache directory private.
 */
export async function openStaging(cacheDir: string): Promise<Staging> {
  const parent = join(cacheDir, '.tmp');
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await removeStale(parent);
  const owner = `${hostTag()}_${process.pid}_${(await startTime(process.pid)) ?? 0}_`;
  const dir = await mkdtemp(join(parent, owner));
  return {
    dir,
    async [Symbol.asyncDispose]() {
      await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** True if this machine's disk failed, and not what was read from elsewhere. */
export function isDiskError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO', 'EEXIST'].includes(code);
}

async function removeStale(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const dir = join(parent, name);
    if (await isStale(name, dir)) await rm(dir, { recursive: true, force: true });
  }
}

async function isStale(name: string, dir: string): Promise<boolean> {
  const [host, pidText, started] = name.split('_');
  const pid = Number(pidText);
  if (host !== hostTag() || !Number.isInteger(pid) || pid <= 0) {
    const found = await stat(dir).catch(() => undefined);
    return found !== undefined && Date.now() - found.mtimeMs > foreignLeftoverMs;
  }
  if (!isAlive(pid)) return true;
  // A pid is used again; together with its start time it is not.
  const now = await startTime(pid);
  return now !== undefined && started !== '0' && now !== started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, in ticks since boot; undefined where there is no /proc. */
async function startTime(pid: number): Promise<string | undefined> {
  const stats = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field is the name in parentheses and may itself hold spaces and parentheses.
  return stats?.slice(stats.lastIndexOf(')') + 2).split(' ')[19];
}

function hostTag(): string {
  return hostname().replace(/[^A-Za-z0-9.-]/g, '-');
}
