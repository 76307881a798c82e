import { readBase } from '../../envoy/config.js';
import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { gateProblems } from '../../load/calibration/compare.js';
import { measureGenerator } from '../../load/calibration/measure-generator.js';
import { generatorLines } from '../../report/index.js';
import { loadScenarios } from '../../scenarios/load.js';
import { withLoneBaseline } from '../../session/lone-baseline.js';
import { drawnSeed, type RunFlags } from '../run/flags.js';
import { prepare } from '../run/prepare.js';
import { closeLog, logBeside } from '../run/verbose.js';
import { withWorkbench } from '../run/workbench.js';

// Slices as long as wrk's shortest run, so that both of a pair meet the same machine.
const plan = {
  connections: [1, 8, 16],
  pairs: 9,
  windowMs: 1_000,
  rates: [1_000, 2_000, 4_000],
  withWrk: true,
};

/** Measures the load generator itself, beside wrk on the same core. */
export async function testGenerator(flags: RunFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  const { environment, placement, id, progress, log } = await prepare(flags, signal);
  logBeside(log, flags.out, `selftest-generator-${id}`);
  const [scenario] = await loadScenarios(['noop']);
  if (!scenario) throw new TypeError('noop is a scenario');
  const seed = drawnSeed(flags);
  const measured = await withWorkbench(
    { id, environment, placement, portBase: flags.portBase, seed, log },
    async (bench) => {
      const parts = {
        ...bench,
        envoy: environment.envoys[0],
        base: await readBase(),
        placement,
        signal,
        scenario,
      };
      return withLoneBaseline(parts, (subject) => measureGenerator(subject, { ...plan, seed }));
    },
  );
  if (log) closeLog(log, progress);
  const problems = gateProblems(measured.comparisons ?? []);
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...measured, problems }, null, 2)}\n`);
  else process.stdout.write(`${[...generatorLines(measured), ...problems].join('\n')}\n`);
  return problems.length === 0 ? ExitCode.done : ExitCode.gateFailed;
}
