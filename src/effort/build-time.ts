import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { MissingError } from '../errors.js';
import type { Artefact } from '../filters/artefact.js';
import type { CleanBuild } from '../results/schema/index.js';

/** What became of a clean build: its time, or why there is none. */
export type BuildOutcome = { readonly build: CleanBuild } | { readonly noBuild: string };

/** Builds an artefact and says how long it took. */
export type BuildTimer = (artefact: Artefact) => Promise<BuildOutcome>;

/** What a timer is given. */
export interface BuildTimerOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/**
 * Times builds in a folder of their own, where compilers find nothing from before; what they download is fetched ahead. Nothing of it is
 * kept. An artefact that several variants share is built once.
 * @returns a timer that throws FailedError where a compiler fails
 */
export function cleanBuildTimer({ signal, onProgress }: BuildTimerOptions): BuildTimer {
  const done = new Map<string, Promise<BuildOutcome>>();
  return (artefact) => {
    const known = done.get(artefact.path) ?? timeBuild(artefact, { signal, onProgress });
    done.set(artefact.path, known);
    return known;
  };
}

async function timeBuild(
  artefact: Artefact,
  { signal, onProgress }: BuildTimerOptions,
): Promise<BuildOutcome> {
  const dir = mkdtempSync(join(tmpdir(), 'filterbench-effort-'));
  try {
    const outDir = join(dir, 'out');
    const options = { outDir, targetDir: join(dir, 'target'), signal, onProgress };
    const compiler = await artefact.prepare(options);
    const path = join(outDir, artefact.path);
    mkdirSync(dirname(path), { recursive: true });
    onProgress(`building ${artefact.path}`);
    const beganMs = performance.now();
    await compiler.compile(path);
    const seconds = Number(((performance.now() - beganMs) / 1_000).toFixed(1));
    return { build: { seconds, toolchain: compiler.id, cores: availableParallelism() } };
  } catch (error) {
    if (error instanceof MissingError) return { noBuild: error.message };
    throw error;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
