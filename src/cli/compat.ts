import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { openCache } from '../compat/cache.js';
import { labelled } from '../compat/labels.js';
import { fillMatrix } from '../compat/matrix.js';
import { type Subjects, selectSubjects } from '../compat/subjects.js';
import { COMPARED_ENVOY_VERSIONS, type EnvoyBinary, resolveEnvoy } from '../envoy/binary/index.js';
import { readBase } from '../envoy/config.js';
import { BadInputError, InterruptedError } from '../errors.js';
import { describeArtefacts } from '../filters/used.js';
import { compatTable, writeCompat } from '../report/compat/index.js';
import type { Compat, CompatEnvoy, CompatSubject } from '../results/schema/index.js';
import { checkRunFolder } from '../results/store/index.js';
import { randomPorts } from '../runtime/ports.js';
import { cleanUpAfterDeadRuns } from '../runtime/scratch.js';
import { packageVersion } from '../version.js';
import { list } from './run/flags.js';
import { requireUpstream } from './run/needs.js';
import type { ProgressLine } from './run/progress-line.js';
import { verboseFlag, type Watched, watched } from './run/watched.js';
import { terminalWidth } from './terminal-width.js';

interface CompatFlags {
  envoy: string[];
  out?: string;
  fresh: boolean;
  allowUnpinned: boolean;
  verbose: boolean;
  json: boolean;
}

const widestTable = 120;

/** `filterbench compat`: what loads on which Envoy, from real starts. */
export function compatCommand(interrupt: () => AbortSignal): Command {
  return new Command('compat')
    .description(
      'try every build, script, server and built-in on every Envoy: what loads, and what it says if not',
    )
    .argument(
      '[words...]',
      'only what has one of these in its name, such as dynamic-module/rust or transform',
    )
    .option('--envoy <list>', 'versions or paths, by comma', list, [...COMPARED_ENVOY_VERSIONS])
    .option('--fresh', 'try again what was tried before', false)
    .option('--out <dir>', 'folder for compat.json, evidence.ndjson and the heat map')
    .option('--allow-unpinned', 'accept an Envoy that envoy.lock.json does not pin', false)
    .option(...verboseFlag, false)
    .option('--json', 'print compat.json', false)
    .action((words: string[], flags: CompatFlags) => compat(words, flags, interrupt()));
}

async function compat(words: readonly string[], flags: CompatFlags, signal: AbortSignal): Promise<void> {
  const startedAt = new Date().toISOString();
  if (flags.envoy.length === 0) throw new BadInputError('--envoy names none', 'give versions such as 1.40.0');
  requireUpstream();
  const subjects = await selectSubjects(words);
  const out = flags.out === undefined ? null : resolve(flags.out);
  if (out !== null) checkRunFolder(out);
  cleanUpAfterDeadRuns();
  const { envoys, found } = await watched('compat', flags, async (by) => {
    const all = labelled(await resolveAll(flags, signal, by.progress));
    return { envoys: all, found: await findAll(subjects, all, flags, signal, by) };
  });
  const result: Compat = {
    schema: 'filterbench/compat@1',
    filterbench: packageVersion(),
    command: process.argv.slice(2),
    startedAt,
    finishedAt: new Date().toISOString(),
    envoys: envoys.map(describeEnvoy),
    subjects: await describeSubjects(subjects),
    cells: found.map(({ cell }) => cell),
  };
  const evidence = found.flatMap((one) => one.evidence);
  if (out !== null) await writeCompat(out, result, evidence);
  print(result, out, flags.json);
}

async function resolveAll(
  { envoy, allowUnpinned }: CompatFlags,
  signal: AbortSignal,
  { say: onProgress }: ProgressLine,
): Promise<EnvoyBinary[]> {
  const envoys: EnvoyBinary[] = [];
  for (const request of envoy)
    envoys.push(await resolveEnvoy(request, { allowUnpinned, signal, onProgress }));
  return envoys;
}

async function findAll(
  subjects: Subjects,
  envoys: ReturnType<typeof labelled>,
  { fresh }: CompatFlags,
  signal: AbortSignal,
  { progress, openRuntime }: Watched,
): ReturnType<typeof fillMatrix> {
  const shared = { base: await readBase(), openRuntime, ports: randomPorts(Math.random), signal };
  const parts = { ...shared, cache: await openCache(), fresh };
  try {
    return await fillMatrix(parts, envoys, subjects, ({ envoy, done, all }) => {
      if (done === all) progress.say(`Envoy ${envoy}: all ${all} known`);
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    const next = 'what was tried so far is kept: the same command goes on from there';
    throw new InterruptedError('interrupted', next);
  }
}

function describeEnvoy(envoy: ReturnType<typeof labelled>[number]): CompatEnvoy {
  const { label, version, build, sha256, origin, pinned } = envoy;
  return { label, version, build, sha256, source: origin, pinned, runtime: 'native' };
}

function describeSubjects({ baseline, tried }: Subjects): Promise<CompatSubject[]> {
  return Promise.all(
    [baseline, ...tried].map(async ({ id, group, name, mechanism, files }) => ({
      id,
      group,
      name,
      mechanism,
      artefacts: await describeArtefacts(files),
    })),
  );
}

function print(result: Compat, out: string | null, json: boolean): void {
  const { stdout } = process;
  if (json) {
    stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  const width = terminalWidth(widestTable);
  const before = result.cells.filter(({ cached }) => cached).length;
  const lines = [
    ...compatTable(result, width),
    '',
    `${result.cells.length - before} tried now, ${before} known from before (--fresh tries them again)`,
    ...(out === null ? [] : [`data and heat map: ${relative('.', out)}`]),
  ];
  stdout.write(`${lines.join('\n')}\n`);
}
