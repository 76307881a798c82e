import { join } from 'node:path';
import { calibrationScenario } from '../../calibration/scenario.js';
import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { comparisonLines } from '../../report/compare/index.js';
import { writeReport } from '../../report/index.js';
import { knownChangeLines } from '../../report/terminal/known-change.js';
import { compareRuns, type RunAt } from '../../results/compare/index.js';
import type { Run } from '../../results/schema/index.js';
import { readWhole } from '../../results/store/index.js';
import { makePlan } from '../../schedule/plan.js';
import { profiles } from '../../schedule/profiles.js';
import {
  knownChangeArms,
  knownChangeOutcome,
  knownChangeUs,
  knownChangeVariants,
} from '../../selftest/known-change.js';
import { startableArms } from '../bench/arms.js';
import { drawnSeed, type RunFlags } from '../run/flags.js';
import { measureRun } from '../run/measure-run.js';
import { exitCodeOf } from '../run/outcome.js';
import { terminalWidth } from '../terminal-width.js';

const widestTable = 80;
// Of each of the three runs.
const budgetSeconds = 120;
const windowMs = 60;
// CPU and throughput are compared; each run is short.
const profile = { ...profiles.quick, rates: [], unloadedRounds: 0, windowMs, warmUpWindowMs: windowMs };

const measurements = [
  { name: 'same-1', burnedUs: 0 },
  { name: 'same-2', burnedUs: 0 },
  { name: 'changed', burnedUs: knownChangeUs },
];

/** Measures the same twice and a third time with a known change, and compares: does `compare` tell which is which? */
export async function testCompare(flags: RunFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  const seed = drawnSeed(flags);
  const runs: RunAt[] = [];
  for (const [index, { name, burnedUs }] of measurements.entries()) {
    const out = flags.out === undefined ? {} : { out: join(flags.out, name) };
    const measured = await measure({ ...flags, ...out, seed: seed + index }, name, burnedUs, signal);
    const code = exitCodeOf(measured.run, flags);
    if (code !== ExitCode.done) return code;
    // As the command does it: from the folder alone.
    runs.push({ dir: measured.dir, run: (await readWhole(measured.dir)).run });
  }
  const comparison = compareRuns(runs, { force: false, failOn: null });
  const outcome = knownChangeOutcome(comparison);
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...outcome, comparison }, null, 2)}\n`);
  else {
    const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
    const lines = comparisonLines(comparison, { width: terminalWidth(widestTable), colour });
    process.stdout.write(`${[...lines, '', ...knownChangeLines(outcome)].join('\n')}\n`);
  }
  return outcome.sameIsRight && outcome.changedIsRight ? ExitCode.done : ExitCode.gateFailed;
}

async function measure(
  flags: RunFlags & { readonly seed: number },
  name: string,
  burnedUs: number,
  signal: AbortSignal,
): Promise<{ run: Run; dir: string }> {
  const { run, dir } = await measureRun(
    {
      name: `compare-${name}`,
      flags,
      scenarios: [calibrationScenario],
      variants: knownChangeVariants(burnedUs),
      arms: knownChangeArms,
      makePlan: (planned) =>
        makePlan({
          profile,
          scenarios: startableArms(planned, [calibrationScenario]),
          seed: flags.seed,
          budgetSeconds: flags.budget ?? budgetSeconds,
        }),
    },
    signal,
  );
  await writeReport(dir, run);
  return { run, dir };
}
