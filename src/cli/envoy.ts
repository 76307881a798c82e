import { basename, relative } from 'node:path';
import { Command } from 'commander';
import {
  type CacheMeta,
  type EnvoyBinary,
  envoyCacheDir,
  envoyPlatforms,
  hostPlatform,
  knownVersions,
  listEntries,
  pinsOf,
  readLock,
  resolveEnvoy,
  shortPath,
} from '../envoy/binary/index.js';

/**
 * The commands `envoy fetch` and `envoy list`. Errors are thrown for the main program to print.
 *
 * @param signal aborts a fetch; without one, SIGINT and SIGTERM do.
 */
export function envoyCommand(signal?: AbortSignal): Command {
  const command = new Command('envoy').description('fetch Envoy binaries, list the ones at hand');
  command
    .command('fetch')
    .description('fetch Envoy versions into the cache and verify them')
    .argument('<version...>', 'exact versions such as 1.40.0, or paths of binaries to check')
    .option('--allow-unpinned', 'accept a version that envoy.lock.json does not pin', false)
    .option('--json', 'print JSON', false)
    .action((versions: string[], options: FetchFlags) =>
      signal
        ? fetchEnvoys(versions, options, signal)
        : untilSignal((own) => fetchEnvoys(versions, options, own)),
    );
  command
    .command('list')
    .description('list cached Envoys, and the known ones that are not cached')
    .option('--json', 'print JSON', false)
    .action((options: { json: boolean }) => listEnvoys(options));
  return command;
}

interface FetchFlags {
  allowUnpinned: boolean;
  json: boolean;
}

async function fetchEnvoys(versions: string[], flags: FetchFlags, signal: AbortSignal): Promise<void> {
  const envoys: EnvoyBinary[] = [];
  for (const version of versions) {
    const onProgress = (message: string) => process.stderr.write(`${message}\n`);
    const envoy = await resolveEnvoy(version, { allowUnpinned: flags.allowUnpinned, signal, onProgress });
    envoys.push(envoy);
    if (!flags.json) print(describe(envoy));
  }
  if (flags.json) printJson({ envoys });
}

function describe(envoy: EnvoyBinary): string[] {
  const from = envoy.source === 'cache' ? `cache (${envoy.origin})` : envoy.source;
  const trust = envoy.pinned ? 'pinned' : 'NOT PINNED';
  return [
    `Envoy ${envoy.version}  ${envoy.build}  ${envoy.platform}  from ${from}  ${trust}`,
    `  ${shortPath(envoy.path)}`,
    `  sha256 ${envoy.sha256}`,
  ];
}

async function listEnvoys(flags: { json: boolean }): Promise<void> {
  const cacheDir = envoyCacheDir();
  const entries = await listEntries(cacheDir);
  const platform = hostPlatform();
  const held = new Set(
    entries.filter(({ meta }) => meta?.platform === platform).map(({ meta }) => meta?.version),
  );
  const known = knownHere(platform).filter(({ version }) => !held.has(version));
  if (flags.json) {
    const cached = entries.flatMap(({ dir, meta }) => (meta ? [cachedJson(dir, meta)] : []));
    const damaged = entries.flatMap(({ dir, meta }) => (meta ? [] : [dir]));
    printJson({ cacheDir, platform, cached, damaged, known });
    return;
  }
  const cachedRows = entries.map(({ dir, meta }) => {
    const path = relative(cacheDir, `${dir}/envoy`);
    return meta
      ? [meta.version, meta.build, meta.sha256.slice(0, 12), meta.origin, path]
      : ['damaged', '', '', '', basename(dir)];
  });
  const knownRows = known.map(({ version, sources }) => [version, '', '', Object.keys(sources).join(', ')]);
  print([
    `Cached in ${shortPath(cacheDir)}:`,
    ...(cachedRows.length > 0
      ? table(['VERSION', 'BUILD', 'SHA256', 'SOURCE', 'PATH'], cachedRows)
      : ['  none']),
    '',
    `Known for ${platform} and not cached; filterbench envoy fetch VERSION gets one:`,
    ...(knownRows.length > 0 ? table(['VERSION', '', '', 'SOURCES'], knownRows) : ['  none']),
  ]);
}

function knownHere(platform: string) {
  const lock = readLock();
  const supported = envoyPlatforms.find((name) => name === platform);
  if (!supported) return [];
  return knownVersions(lock)
    .map((version) => ({ version, sources: pinsOf(lock, version, supported) }))
    .filter(({ sources }) => Object.keys(sources).length > 0);
}

function cachedJson(dir: string, { version, build, sha256, bytes, origin, platform, fetchedAt }: CacheMeta) {
  return { version, build, sha256, bytes, origin, platform, fetchedAt, path: `${dir}/envoy` };
}

/** Columns padded to their widest cell; an empty column takes no room. */
function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...rows].map((row) => {
    const cells = row.flatMap((cell, column) => (widths[column] ? [cell.padEnd(widths[column])] : []));
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

/** Runs an action with a signal that SIGINT or SIGTERM aborts. */
async function untilSignal(action: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  // Not once(): without a listener left, execa's own handler would end the process before it has cleaned up.
  process.on('SIGINT', abort).on('SIGTERM', abort);
  try {
    await action(controller.signal);
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort);
  }
}

function print(lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
