import { relative } from 'node:path';
import { Command } from 'commander';
import { judgedRun } from '../../claims/judged-run.js';
import { loadClaims } from '../../claims/load.js';
import { exactVersion, resolveEnvoy } from '../../envoy/binary/index.js';
import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { bufferBaseline } from '../../mechanisms/buffer.js';
import { nothingBeside } from '../../report/index.js';
import { makePlan } from '../../schedule/plan.js';
import { askedFor, requireDistinct } from '../run/environment.js';
import { measureRun } from '../run/measure-run.js';
import { exitCodeOf, reportRun } from '../run/outcome.js';
import { planArms, startableArms } from './arms.js';
import { describePlan } from './describe-plan.js';
import { type BenchFlags, benchFlags, choose } from './options.js';
import { flagsToResume } from './resume.js';

/** `filterbench bench`. */
export function benchCommand(interrupt: () => AbortSignal, exit: (code: ExitCodeValue) => void): Command {
  const command = new Command('bench').description('measure what each mechanism costs');
  return benchFlags(command).action(async (given: BenchFlags) => {
    const signal = interrupt();
    const { resume } = given;
    exit(await bench(resume === undefined ? given : await flagsToResume(resume, command), signal));
  });
}

async function bench(flags: BenchFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  const choice = await choose(flags);
  if (flags.dryRun) {
    const runtime = flags.runtime === 'docker' ? 'docker' : 'native';
    const versions = await Promise.all(askedFor(flags).map(namedVersion));
    requireDistinct(versions);
    const arms = versions.flatMap((envoyVersion) => planArms({ ...choice, envoyVersion, runtime }));
    const plan = makePlan({ ...choice.plan, scenarios: startableArms(arms, choice.scenarios) });
    process.stdout.write(
      flags.json ? `${JSON.stringify({ plan, arms }, null, 2)}\n` : describePlan(plan, arms),
    );
    return ExitCode.done;
  }
  const claims = await loadClaims();
  const { run, dir } = await measureRun(
    {
      name: flags.profile,
      flags,
      scenarios: choice.scenarios,
      variants: [...choice.variants, bufferBaseline],
      arms: ({ version, runtime }) => planArms({ ...choice, envoyVersion: version, runtime }),
      makePlan: (planned) =>
        makePlan({ ...choice.plan, scenarios: startableArms(planned, choice.scenarios) }),
      finish: (analysed) => judgedRun(analysed, nothingBeside, claims),
      ...(flags.resume !== undefined && { resume: flags.resume }),
    },
    signal,
  );
  await reportRun(run, dir, flags.json);
  if (run.status === 'interrupted')
    process.stderr.write(`to go on: filterbench bench --resume ${relative('.', dir) || '.'}\n`);
  return exitCodeOf(run, flags);
}

// A path must be asked for its version; a version is taken as it is: a plan downloads nothing.
async function namedVersion(envoy: string): Promise<string> {
  return exactVersion(envoy) ?? (await resolveEnvoy(envoy)).version;
}
