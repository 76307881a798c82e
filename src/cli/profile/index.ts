import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { readBase } from '../../envoy/config.js';
import { ExitCode, type ExitCodeValue } from '../../errors.js';
import { bufferBaseline } from '../../mechanisms/buffer.js';
import type { Variant } from '../../mechanisms/index.js';
import { armProfiles } from '../../profiling/arm-profiles.js';
import { profileArms } from '../../profiling/profile-arms.js';
import type { ArmProfile, Profile } from '../../profiling/result.js';
import { requirePerf, samplesPerSecond } from '../../profiling/sampling/perf.js';
import { requireStrace } from '../../profiling/sampling/strace.js';
import { filesOf, writeProfile, writeStacks } from '../../profiling/write.js';
import { profileLines } from '../../report/index.js';
import { checkRunFolder } from '../../results/store/index.js';
import type { Scenario } from '../../scenarios/load.js';
import { connections } from '../../schedule/steps.js';
import type { EnvoyExecutorOptions } from '../../session/executor.js';
import { planArms } from '../bench/arms.js';
import { drawnSeed } from '../run/flags.js';
import { type Prepared, prepare } from '../run/prepare.js';
import { withWorkbench } from '../run/workbench.js';
import { profileCoreAlone } from './core.js';
import { chooseArms, type ProfileFlags, profileFlags } from './options.js';

/** `filterbench profile`: where the CPU time of a request goes, arm by arm. */
export function profileCommand(interrupt: () => AbortSignal, exit: (code: ExitCodeValue) => void): Command {
  const command = new Command('profile').description(
    'sample Envoy and its external server under load, and show where the time goes',
  );
  return profileFlags(command).action(async (flags: ProfileFlags) =>
    exit(await (flags.core ? profileCoreAlone : profile)(flags, interrupt())),
  );
}

async function profile(flags: ProfileFlags, signal: AbortSignal): Promise<ExitCodeValue> {
  const { scenarios, variants } = await chooseArms(flags);
  await requirePerf();
  if (flags.syscalls) await requireStrace();
  const startedAt = new Date().toISOString();
  // A sampler sees processes of this host; what runs in containers has files that it cannot read.
  const prepared = await prepare({ ...flags, runtime: 'native', imageTemplate: '' }, signal);
  const time = startedAt.replace(/[-:]|\.\d+Z/g, '');
  const dir = resolve(flags.out ?? join('results', 'local', `${time}-profile-${prepared.id}`));
  checkRunFolder(dir);
  const arms = await profileAll({ flags, prepared, scenarios, variants, dir, signal });
  const { version, build, sha256 } = prepared.environment.envoys[0].used;
  const found: Profile = {
    schema: 'filterbench/profile@1',
    command: process.argv.slice(2),
    startedAt,
    envoy: { version, build, sha256 },
    samplesPerSecond,
    connections,
    arms,
  };
  writeProfile(dir, found);
  if (flags.json) process.stdout.write(`${JSON.stringify({ dir, ...found }, null, 2)}\n`);
  else process.stdout.write(`${[...profileLines(found), `profile: ${relative('.', dir)}`].join('\n')}\n`);
  return arms.some(({ status }) => status === 'invalid') ? ExitCode.gateFailed : ExitCode.done;
}

interface Work {
  readonly flags: ProfileFlags;
  readonly prepared: Prepared;
  readonly scenarios: readonly Scenario[];
  readonly variants: readonly Variant[];
  readonly dir: string;
  readonly signal: AbortSignal;
}

async function profileAll({
  flags,
  prepared,
  scenarios,
  variants,
  dir,
  signal,
}: Work): Promise<ArmProfile[]> {
  const { environment, placement, progress, id } = prepared;
  const seed = drawnSeed(flags);
  return withWorkbench({ id, environment, placement, portBase: flags.portBase, seed }, async (bench) => {
    const options: EnvoyExecutorOptions = {
      ...bench,
      envoys: environment.envoys,
      base: await readBase(),
      scenarios: new Map(scenarios.map((scenario) => [scenario.name, scenario])),
      variants: [...variants, bufferBaseline],
      placement,
      workers: 1,
      client: 'sockets',
      signal,
    };
    const found: ArmProfile[] = [];
    for (const scenario of scenarios) {
      progress.say(`profiling ${scenario.name}`);
      found.push(...(await profileScenario(options, scenario, { flags, variants, dir, seed })));
    }
    return found;
  });
}

async function profileScenario(
  options: EnvoyExecutorOptions,
  scenario: Scenario,
  { flags, variants, dir, seed }: Pick<Work, 'flags' | 'variants' | 'dir'> & { seed: number },
): Promise<ArmProfile[]> {
  const [{ version: envoyVersion }] = options.envoys;
  const planned = planArms({ scenarios: [scenario], variants, envoyVersion, runtime: 'native' }).filter(
    ({ identity }) => identity.twinOf === null,
  );
  const attempts = await profileArms(options, {
    scenario: scenario.name,
    arms: planned.flatMap(({ identity, known }) => (known === null ? [identity] : [])),
    seconds: flags.seconds,
    warmUpSeconds: flags.warmUp,
    seed,
    withSyscalls: flags.syscalls,
    dir,
  });
  for (const attempt of attempts) if (attempt.samples.length > 0) await writeStacks(dir, attempt);
  return armProfiles(planned, attempts, filesOf);
}
