import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { cleanBuildTimer } from '../effort/build-time.js';
import { type EffortEvidence, effortOf } from '../effort/gather.js';
import { selectSources } from '../effort/select.js';
import { DEFAULT_ENVOY_VERSION } from '../envoy/binary/index.js';
import { ExitCode, type ExitCodeValue } from '../errors.js';
import { readManifest } from '../filters/manifest.js';
import { effortLines } from '../report/terminal/effort.js';
import { appendWhole, checkRunFolder, runFiles } from '../results/store/index.js';
import { familyNames, loadScenarios } from '../scenarios/load.js';
import { progressLine } from './run/progress-line.js';
import { terminalWidth } from './terminal-width.js';

interface EffortFlags {
  out?: string;
  build: boolean;
  json: boolean;
}

const widestTable = 80;

/** `filterbench effort`: what each variant takes to develop. */
export function effortCommand(interrupt: () => AbortSignal, exit: (code: ExitCodeValue) => void): Command {
  return new Command('effort')
    .description('what each variant takes to develop: lines of code, artefact, time of a clean build')
    .argument('[words...]', 'only variants that have one of these in their name, such as wasm or go')
    .option('--out <dir>', 'folder for evidence.ndjson')
    .option('--no-build', 'count only: without builds, which take some ten minutes')
    .option('--json', 'print the evidence as JSON', false)
    .action(async (words: string[], flags: EffortFlags) => exit(await effort(words, flags, interrupt())));
}

async function effort(
  words: readonly string[],
  flags: EffortFlags,
  signal: AbortSignal,
): Promise<ExitCodeValue> {
  const selected = selectSources(words);
  const out = flags.out === undefined ? null : resolve(flags.out);
  if (out !== null) checkRunFolder(out);
  const progress = progressLine();
  const parts = {
    envoyVersion: DEFAULT_ENVOY_VERSION,
    scenarios: await loadScenarios(await familyNames()),
    manifest: await readManifest(),
    timer: flags.build ? cleanBuildTimer({ signal, onProgress: progress.say }) : null,
  };
  const evidence: EffortEvidence[] = [];
  for (const sources of selected) {
    const found = await effortOf(sources, parts);
    if (!found.passed) progress.say(`${found.variant}: ${found.noBuild}: ${found.problem}`);
    evidence.push(found);
    // At once: an interrupt loses none.
    if (out !== null) appendWhole(join(out, runFiles.evidence), `${JSON.stringify(found)}\n`);
  }
  print(evidence, out, flags.json);
  return evidence.some(({ passed }) => !passed) ? ExitCode.gateFailed : ExitCode.done;
}

function print(evidence: readonly EffortEvidence[], out: string | null, json: boolean): void {
  const { stdout } = process;
  if (json) {
    stdout.write(`${JSON.stringify({ schema: 'filterbench/effort@1', evidence }, null, 2)}\n`);
    return;
  }
  const lines = [
    ...effortLines(evidence, terminalWidth(widestTable)),
    ...(out === null ? [] : ['', `evidence: ${relative('.', join(out, runFiles.evidence))}`]),
  ];
  stdout.write(`${lines.join('\n')}\n`);
}
