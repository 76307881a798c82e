import { Command } from 'commander';
import { calibrationArms, groupsOfCalibration } from '../calibration/arms.js';
import { calibrationScenario } from '../calibration/scenario.js';
import { calibratedMechanisms, injectedVariants } from '../calibration/variants.js';
import { ExitCode, type ExitCodeValue } from '../errors.js';
import { makePlan } from '../schedule/plan.js';
import { profiles } from '../schedule/profiles.js';
import { mostByChance } from '../stats/binomial.js';
import { startableArms } from './bench/arms.js';
import { drawnSeed, list, type RunFlags, runFlags } from './run/flags.js';
import { measureRun } from './run/measure-run.js';
import { exitCodeOf, reportRun } from './run/outcome.js';

interface CalibrateFlags extends RunFlags {
  mechanisms: string[];
  alone: boolean;
}

// Three to four minutes: enough for 12 restarts, and short enough to be run before every serious measurement.
const budgetSeconds = 200;
// Shorter than a benchmark's: the machine's state lasts some tenths of a second, and two slices within it differ by the injection alone.
const windowMs = 60;
// At 1 connection: some hundreds of requests, enough for a median.
const unloadedWindowMs = 100;
// How often more intervals may miss their truth by chance than the command lets pass.
const falseAlarms = 0.015;

/** `filterbench calibrate`: injects a known cost, and shows what comes back. */
export function calibrateCommand(interrupt: () => AbortSignal, exit: (code: ExitCodeValue) => void): Command {
  const command = new Command('calibrate')
    .description('inject a known CPU time or sleep, and show what comes back')
    .option(
      '--mechanisms <names>',
      `which filters inject, of ${calibratedMechanisms.join(', ')}; the first two know their truth`,
      list,
      calibratedMechanisms.slice(0, 1),
    )
    .option('--alone', 'also inject CPU without a helper: what work costs beside itself', false);
  return runFlags(command).action(async (flags: CalibrateFlags) => exit(await calibrate(flags, interrupt())));
}

async function calibrate(flags: CalibrateFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  const variants = injectedVariants(flags.mechanisms, flags.alone);
  // Throughput and rates say nothing about an injection: the time goes into CPU and unloaded latency.
  const profile = {
    ...profiles.quick,
    rates: [],
    windowMs,
    warmUpWindowMs: windowMs,
    unloadedWindowMs,
    budgetSeconds,
  };
  const { run, dir } = await measureRun(
    {
      name: 'calibrate',
      flags,
      scenarios: [calibrationScenario],
      variants,
      arms: (envoy) => calibrationArms(variants, envoy),
      makePlan: (planned) =>
        makePlan({
          profile,
          scenarios: startableArms(planned, [calibrationScenario]).flatMap(groupsOfCalibration),
          seed: drawnSeed(flags),
          budgetSeconds: flags.budget ?? budgetSeconds,
        }),
    },
    signal,
  );
  await reportRun(run, dir, flags.json);
  const code = exitCodeOf(run, flags);
  if (code !== ExitCode.done) return code;
  const judged = (run.calibration ?? [])
    .flatMap(({ points }) => points)
    .filter(({ covered }) => covered !== null);
  const missed = judged.filter(({ covered }) => covered === false).length;
  const allowed = mostByChance(judged.length, 1 - run.plan.confidence, falseAlarms);
  return missed > allowed ? ExitCode.gateFailed : ExitCode.done;
}
