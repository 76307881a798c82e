import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packagePaths } from '../paths.js';
import { artefacts } from './artefacts.js';
import { type Manifest, type ManifestEntry, sha256Of, sourceHash } from './manifest.js';

/** What was found wrong with a shipped artefact, or must be known of it. */
export interface Finding {
  readonly path: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** Compares what is shipped with the manifest and with the sources; needs no toolchain. */
export async function checkShipped(
  manifest: Manifest,
  dir: string = packagePaths.prebuilt,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const artefact of artefacts) {
    const error = (message: string) => findings.push({ path: artefact.path, severity: 'error', message });
    const entry = manifest.artefacts.find(({ path }) => path === artefact.path);
    const file = join(dir, artefact.path);
    if (!entry) error('is not in the manifest; run "filterbench filters build"');
    else if (!existsSync(file)) error('is in the manifest, but not there; run "filterbench filters build"');
    else if (sha256Of(file) !== entry.sha256) error('is not the file that the manifest names');
    else if ((await sourceHash(artefact)) !== entry.sourceHash) {
      error('is stale: its sources changed since it was built; run "filterbench filters build"');
    }
  }
  return findings;
}

/**
 * Compares a fresh build with the manifest. The same toolchain must give the same bytes; another one may differ, and
 * then the new bytes have to be proven.
 */
export function compareBuilds(manifest: Manifest, rebuilt: readonly ManifestEntry[]): Finding[] {
  return rebuilt.flatMap((entry): Finding[] => {
    const shipped = manifest.artefacts.find(({ path }) => path === entry.path);
    if (!shipped || shipped.sha256 === entry.sha256) return [];
    if (shipped.toolchain === entry.toolchain) {
      const message = `the same toolchain gives other bytes: ${entry.sha256}, shipped ${shipped.sha256}`;
      return [{ path: entry.path, severity: 'error', message }];
    }
    const message = `built by another toolchain (${entry.toolchain}; shipped: ${shipped.toolchain}), so bytes differ`;
    return [{ path: entry.path, severity: 'warning', message }];
  });
}
