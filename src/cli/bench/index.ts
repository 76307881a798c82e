import { Command } from 'commander';
import { DEFAULT_ENVOY_VERSION } from '../../envoy/binary/index.js';
import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { makePlan } from '../../schedule/plan.js';
import { planArms, startableArms } from './arms.js';
import { describePlan } from './describe-plan.js';
import { type BenchFlags, benchFlags, choose } from './options.js';
import { reportRun } from './outcome.js';
import { runBench } from './run-bench.js';

/** `filterbench bench`. */
export function benchCommand(signal: AbortSignal, exit: (code: ExitCodeValue) => void): Command {
  const command = new Command('bench').description('measure what each mechanism costs');
  return benchFlags(command).action(async (flags: BenchFlags) => exit(await bench(flags, signal)));
}

async function bench(flags: BenchFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  const choice = await choose(flags);
  if (flags.dryRun) {
    const envoyVersion = flags.envoy ?? DEFAULT_ENVOY_VERSION;
    const arms = planArms({
      ...choice,
      envoyVersion,
      runtime: flags.runtime === 'docker' ? 'docker' : 'native',
    });
    const plan = makePlan(choice.profile, startableArms(arms), choice.seed, choice.budgetSeconds);
    process.stdout.write(
      flags.json ? `${JSON.stringify({ plan, arms }, null, 2)}\n` : describePlan(plan, arms),
    );
    return ExitCode.done;
  }
  const { run, dir } = await runBench(flags, choice, signal);
  await reportRun(run, dir, flags.json);
  if (run.status === 'interrupted') return ExitCode.interrupted;
  return run.arms.some(({ status }) => status === 'invalid') ? ExitCode.gateFailed : ExitCode.done;
}
