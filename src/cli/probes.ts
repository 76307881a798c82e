import { relative } from 'node:path';
import { Command } from 'commander';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../envoy/binary/index.js';
import { readBase } from '../envoy/config.js';
import { ExitCode, type ExitCodeValue, InterruptedError } from '../errors.js';
import { selectProbes } from '../probes/list.js';
import { observations } from '../probes/observations.js';
import { runProbes } from '../probes/run-probes.js';
import { probeLines } from '../report/probes/table.js';
import type { Evidence } from '../results/schema/index.js';
import { openEvidenceFile } from '../results/store/index.js';
import { randomPorts } from '../runtime/ports.js';
import { cleanUpAfterDeadRuns } from '../runtime/scratch.js';
import { requireUpstream } from './run/needs.js';
import type { ProgressLine } from './run/progress-line.js';
import { verboseFlag, watched } from './run/watched.js';
import { terminalWidth } from './terminal-width.js';

interface ProbesFlags {
  envoy: string;
  out?: string;
  allowUnpinned: boolean;
  verbose: boolean;
  json: boolean;
}

const widestTable = 100;

/** `filterbench probes`: what each mechanism can do, by trying it on a real Envoy. */
export function probesCommand(interrupt: () => AbortSignal, exit: (code: ExitCodeValue) => void): Command {
  return new Command('probes')
    .description('try what each mechanism can do, and swap filters while traffic flows')
    .argument('[words...]', 'only probes with one of these in their name or claim, such as ext-proc or swap')
    .option('--envoy <version>', 'a version or a path', DEFAULT_ENVOY_VERSION)
    .option('--out <dir>', 'folder for evidence.ndjson')
    .option('--allow-unpinned', 'accept an Envoy that envoy.lock.json does not pin', false)
    .option(...verboseFlag, false)
    .option('--json', 'print what was observed as JSON', false)
    .action(async (words: string[], flags: ProbesFlags) => {
      const evidence = await probe(words, flags, interrupt());
      // The answer may be yes or no; that there is none is a failure.
      if (observations(evidence).some(({ carriedOut }) => !carriedOut)) exit(ExitCode.gateFailed);
    });
}

async function probe(words: readonly string[], flags: ProbesFlags, signal: AbortSignal): Promise<Evidence[]> {
  const selected = selectProbes(words);
  requireUpstream();
  const kept = openEvidenceFile(flags.out);
  cleanUpAfterDeadRuns();
  const { allowUnpinned } = flags;
  const { version, evidence } = await watched('probes', flags, async ({ progress, openRuntime }) => {
    const envoy = await resolveEnvoy(flags.envoy, { allowUnpinned, signal, onProgress: progress.say });
    const parts = { envoy, base: await readBase(), openRuntime, ports: randomPorts(Math.random), signal };
    return { version: envoy.version, evidence: await runAll(parts, selected, progress, signal) };
  });
  kept.append(...evidence);
  print(evidence, { version, path: kept.path, json: flags.json });
  return evidence;
}

async function runAll(
  parts: Parameters<typeof runProbes>[0],
  selected: ReturnType<typeof selectProbes>,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<Evidence[]> {
  let done = 0;
  try {
    return await runProbes(parts, selected, ({ id }) => {
      done += 1;
      progress.say(`${String(done).padStart(3)} of ${selected.length}  ${id}`);
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new InterruptedError('interrupted', 'nothing was kept: run the same command again');
  }
}

interface Printing {
  readonly version: string;
  /** Of the evidence; null where it is not kept. */
  readonly path: string | null;
  readonly json: boolean;
}

function print(evidence: readonly Evidence[], { version, path, json }: Printing): void {
  const { stdout } = process;
  const observed = observations(evidence);
  if (json) {
    stdout.write(`${JSON.stringify(observed, null, 2)}\n`);
    return;
  }
  const width = terminalWidth(widestTable);
  const lines = [
    `Envoy ${version}`,
    '',
    ...probeLines(evidence, observed, width),
    ...(path === null ? [] : ['', `evidence: ${relative('.', path)}`]),
  ];
  stdout.write(`${lines.join('\n')}\n`);
}
