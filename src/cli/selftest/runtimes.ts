import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { mechanisms, selectVariants } from '../../mechanisms/index.js';
import { runtimesLines } from '../../report/index.js';
import { loadScenarios } from '../../scenarios/load.js';
import { makePlan } from '../../schedule/plan.js';
import { profiles } from '../../schedule/profiles.js';
import { compareRuntimes, compareRuntimesByClass } from '../../selftest/runtimes.js';
import { planArms, startableArms } from '../bench/arms.js';
import { drawnSeed, type RunFlags } from '../run/flags.js';
import { measureRun } from '../run/measure-run.js';
import { exitCodeOf, reportRun } from '../run/outcome.js';

// CPU and nothing else: what agrees is the overhead.
const profile = { ...profiles.quick, rates: [], unloadedRounds: 0 };
// What half-widths of 1 to 2 µs take on two shared cores: rounds, not restarts, is what more time gives.
const budgetSeconds = 1_800;

/** Measures every mechanism natively and in containers, in turn, and says whether they agree. */
export async function testRuntimes(flags: RunFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  const scenarios = await loadScenarios(['headers', 'access']);
  const variants = selectVariants(mechanisms.map(({ name }) => name)).filter(
    ({ aside, nativeOnly }) => !aside && nativeOnly === undefined,
  );
  const { run, dir } = await measureRun(
    {
      name: 'runtimes',
      flags: { ...flags, runtime: 'native' },
      besideIn: 'docker',
      scenarios,
      variants,
      arms: ({ version, runtime }) => planArms({ scenarios, variants, envoyVersion: version, runtime }),
      makePlan: (planned) =>
        makePlan({
          profile,
          scenarios: startableArms(planned, scenarios),
          seed: drawnSeed(flags),
          budgetSeconds: flags.budget ?? budgetSeconds,
        }),
    },
    signal,
  );
  await reportRun(run, dir, flags.json);
  const code = exitCodeOf(run, flags);
  if (code !== ExitCode.done) return code;
  const compared = compareRuntimes(run);
  const classes = compareRuntimesByClass(run);
  if (!flags.json) process.stdout.write(`\n${runtimesLines([...compared, ...classes]).join('\n')}\n`);
  const missing = variants
    .filter(({ id }) => !compared.some(({ variant }) => variant === id))
    .map(({ id }) => id);
  if (missing.length > 0)
    process.stderr.write(`not compared, as a runtime has no number: ${missing.join(', ')}\n`);
  const differ = [...compared, ...classes].some(({ relation }) => relation === 'less' || relation === 'more');
  return differ || missing.length > 0 ? ExitCode.gateFailed : ExitCode.done;
}
