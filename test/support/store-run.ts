import { createRunFolder, type StoredRun } from '../../src/results/store/index.js';

/** Writes a made-up run into a new folder, as a measured one would be. */
export function storeRun(dir: string, { run, samples, evidence }: StoredRun): string {
  const folder = createRunFolder(dir);
  for (const sample of samples) folder.sample(sample);
  for (const line of evidence) folder.evidence(line);
  folder.writeRun(run);
  return dir;
}
