import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { envoyCacheDir, shortPath } from '../../envoy/binary/index.js';
import { type Check, type Found, missing, ok, warn } from '../check.js';

interface Place {
  readonly name: string;
  dir(): string;
  /** What is put there, and how much of it. */
  readonly holds: string;
  readonly neededMiB: number;
  readonly elsewhere: string;
  readonly neededBy: Check['neededBy'];
}

// Sizes: a full run's samples with its report; an Envoy and the archive that it comes in; logs and configurations of all arms.
const results = place({
  name: 'disk: results',
  dir: () => resolve('results', 'local'),
  holds: 'runs',
  neededMiB: 200,
  elsewhere: 'name another folder with --out',
  neededBy: [],
});
const cache = place({
  name: 'disk: cache',
  dir: () => envoyCacheDir(),
  holds: 'Envoys',
  neededMiB: 500,
  elsewhere: 'name another folder with FILTERBENCH_CACHE',
  neededBy: [],
});
const temporary = place({
  name: 'disk: tmp',
  dir: tmpdir,
  holds: "a run's private files",
  neededMiB: 100,
  elsewhere: 'name another folder with TMPDIR',
  neededBy: ['native', 'docker'],
});

export { cache as cacheDisk, results as resultsDisk, temporary as temporaryDisk };

function place({ name, dir, holds, neededMiB, elsewhere, neededBy }: Place): Check {
  return {
    name,
    neededBy,
    async look() {
      const wanted = dir();
      const there = nearest(wanted);
      const shown = shortPath(wanted);
      try {
        accessSync(there, constants.W_OK | constants.X_OK);
      } catch {
        return missing(`${shown} cannot be written, and ${holds} go there`, elsewhere);
      }
      const { bavail, bsize } = await statfs(there);
      return spaceFound((bavail * bsize) / 2 ** 20, { shown, holds, neededMiB, elsewhere });
    },
  };
}

/** What free space means for what goes there. */
export function spaceFound(
  freeMiB: number,
  {
    shown,
    holds,
    neededMiB,
    elsewhere,
  }: Pick<Place, 'holds' | 'neededMiB' | 'elsewhere'> & { shown: string },
): Found {
  const free = freeMiB >= 1_024 ? `${Math.floor(freeMiB / 1_024)} GiB` : `${Math.floor(freeMiB)} MiB`;
  const message = `${free} free for ${holds} in ${shown}`;
  if (freeMiB >= neededMiB) return ok(message);
  return warn(`${message}, and they take up to ${neededMiB} MiB`, `make room there, or ${elsewhere}`);
}

/** The folder itself, else the nearest around it that is there. */
function nearest(dir: string): string {
  return existsSync(dir) || dirname(dir) === dir ? dir : nearest(join(dir, '..'));
}
