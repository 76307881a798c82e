import { relative } from 'node:path';
import { Command } from 'commander';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../envoy/binary/index.js';
import {
  BadInputError,
  ExitCode,
  type ExitCodeValue,
  FilterbenchError,
  InterruptedError,
} from '../errors.js';
import { LackingError } from '../faults/envoy.js';
import { selectFaults } from '../faults/families/index.js';
import { type Fault, faultId } from '../faults/fault.js';
import { isolationMatrix } from '../faults/matrix.js';
import { type FaultEvidence, type FaultParts, runFault } from '../faults/run-fault.js';
import { usualTimes } from '../faults/times.js';
import { faultLines } from '../report/terminal/faults.js';
import { openEvidenceFile } from '../results/store/index.js';
import { randomPorts } from '../runtime/ports.js';
import { cleanUpAfterDeadRuns } from '../runtime/scratch.js';
import { list } from './run/flags.js';
import type { ProgressLine } from './run/progress-line.js';
import { verboseFlag, type Watched, watched } from './run/watched.js';
import { terminalWidth } from './terminal-width.js';

interface FaultFlags {
  envoy: string[];
  out?: string;
  allowUnpinned: boolean;
  verbose: boolean;
  json: boolean;
}

const widestTable = 100;

/** `filterbench faults`: what becomes of Envoy and its clients when a filter goes wrong. */
export function faultsCommand(interrupt: () => AbortSignal, exit: (code: ExitCodeValue) => void): Command {
  return new Command('faults')
    .description(
      'make filters fail in Envoys of our own, under a steady load: who is still served, and when all is well',
    )
    .argument('[words...]', 'only faults that have one of these in their name, such as wasm or loop')
    .option('--envoy <list>', 'versions or paths, by comma', list, [DEFAULT_ENVOY_VERSION])
    .option('--out <dir>', 'folder for evidence.ndjson')
    .option('--allow-unpinned', 'accept an Envoy that envoy.lock.json does not pin', false)
    .option(...verboseFlag, false)
    .option('--json', 'print rows and evidence as JSON', false)
    .action(async (words: string[], flags: FaultFlags) => exit(await faults(words, flags, interrupt())));
}

// What became of one: an outcome; nothing, as this Envoy cannot be injured like this; or a failure to find out.
type Outcome = FaultEvidence | 'not here' | 'failed';

async function faults(
  words: readonly string[],
  flags: FaultFlags,
  signal: AbortSignal,
): Promise<ExitCodeValue> {
  const selected = selectFaults(words);
  if (flags.envoy.length === 0) throw new BadInputError('--envoy names none', 'give versions such as 1.40.0');
  const kept = openEvidenceFile(flags.out);
  cleanUpAfterDeadRuns();
  const { evidence, failed } = await watched('faults', flags, (by) =>
    injectAll(selected, flags, by, kept.append, signal),
  );
  print(evidence, kept.path, flags.json);
  return failed ? ExitCode.gateFailed : ExitCode.done;
}

async function injectAll(
  selected: readonly Fault[],
  { envoy: requests, allowUnpinned }: FaultFlags,
  { progress, openRuntime }: Watched,
  keep: (evidence: FaultEvidence) => void,
  signal: AbortSignal,
): Promise<{ evidence: FaultEvidence[]; failed: boolean }> {
  const evidence: FaultEvidence[] = [];
  let failed = false;
  for (const request of requests) {
    const envoy = await resolveEnvoy(request, { allowUnpinned, signal, onProgress: progress.say });
    const parts = { envoy, openRuntime, ports: randomPorts(Math.random), times: usualTimes, signal };
    for (const fault of selected) {
      const found = await inject(fault, parts, progress);
      failed ||= found === 'failed' || (found !== 'not here' && !found.passed);
      if (typeof found === 'string') continue;
      evidence.push(found);
      keep(found);
    }
  }
  return { evidence, failed };
}

/** Says on stderr why a fault was not injected: the others still can be. */
async function inject(fault: Fault, parts: FaultParts, { say }: ProgressLine): Promise<Outcome> {
  const name = `${faultId(fault)} on Envoy ${parts.envoy.version}`;
  const support = fault.support(parts.envoy.version);
  if (support.status !== 'supported') {
    say(`${name}: not injected: ${support.reason}`);
    return 'not here';
  }
  say(`${name}: ${fault.title}`);
  try {
    const found = await runFault(fault, parts);
    if (!found.passed) say(`${name}: says nothing: ${found.problem}`);
    return found;
  } catch (error) {
    if (!(error instanceof FilterbenchError) || error instanceof InterruptedError) throw error;
    say(`${name}: not injected: ${error.message.split('\n')[0]}`);
    return error instanceof LackingError ? 'not here' : 'failed';
  }
}

function print(evidence: readonly FaultEvidence[], path: string | null, json: boolean): void {
  const { stdout } = process;
  const rows = isolationMatrix(evidence);
  if (json) {
    stdout.write(`${JSON.stringify({ schema: 'filterbench/faults@1', rows, evidence }, null, 2)}\n`);
    return;
  }
  const width = terminalWidth(widestTable);
  const lines = [...faultLines(rows, width), ...(path === null ? [] : [`evidence: ${relative('.', path)}`])];
  stdout.write(`${lines.join('\n')}\n`);
}
