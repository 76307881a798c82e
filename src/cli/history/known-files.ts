import { relative } from 'node:path';
import { variants } from '../../mechanisms/index.js';
import { prebuilt } from '../../mechanisms/prebuilt.js';
import { fileName, type KnownFiles } from '../../results/history/index.js';
import { loadScenarios } from '../../scenarios/load.js';

/** Which compiled files each shipped variant runs on any of some Envoys; which scenario it is makes no difference. */
export async function knownFiles(envoyVersions: readonly string[]): Promise<KnownFiles> {
  const [scenario] = await loadScenarios(['headers']);
  const nameOf = (path: string) => {
    const shipped = relative(prebuilt.dir, path);
    return fileName(shipped.startsWith('..') ? path : shipped);
  };
  const files = new Map<string, ReadonlySet<string>>([['upstream', new Set([nameOf(prebuilt.upstream)])]]);
  if (scenario === undefined) return files;
  for (const variant of variants) {
    const loaded = envoyVersions.flatMap((envoyVersion) => variant.artefacts({ scenario, envoyVersion }));
    const all = [...loaded, ...(variant.server ? [variant.server.program] : [])];
    files.set(variant.id, new Set(all.map(nameOf)));
  }
  return files;
}
