import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { DEFAULT_ENVOY_VERSION, type EnvoyBinary, resolveEnvoy } from '../../envoy/binary/index.js';
import { readBase } from '../../envoy/config.js';
import { InterruptedError } from '../../errors.js';
import { startGenerator } from '../../load/generator/process.js';
import { takeFingerprint } from '../../measure/fingerprint.js';
import { allowedCores, choosePlacement } from '../../measure/placement.js';
import { analyse, type PlannedArm, type RunHeader } from '../../results/analyse/index.js';
import type { Evidence, Run, Sample } from '../../results/schema/index.js';
import { createRunFolder, type RunFolder } from '../../results/store/index.js';
import { canPin } from '../../runtime/launch-prefix.js';
import { nativeRuntime } from '../../runtime/native.js';
import { randomPorts, sequentialPorts } from '../../runtime/ports.js';
import { cleanUpAfterDeadRuns, openScratch } from '../../runtime/scratch.js';
import { makePlan, type Plan } from '../../schedule/plan.js';
import { seededRandom } from '../../schedule/random.js';
import { runSchedule } from '../../schedule/run-schedule.js';
import { envoyExecutor } from '../../session/executor.js';
import { packageVersion } from '../../version.js';
import { planArms, startableArms } from './arms.js';
import type { BenchChoice, BenchFlags } from './options.js';
import { type ProgressLine, progressLine } from './progress-line.js';

/**
 * One whole run: Envoy, arms, schedule, results. The run folder holds run.json from the start; until the run is
 * complete it says `interrupted`, so that even a SIGKILL leaves a folder that tells the truth.
 * @throws FilterbenchError; what was measured before is kept.
 */
export async function runBench(
  flags: BenchFlags,
  choice: BenchChoice,
  signal: AbortSignal,
): Promise<{ run: Run; dir: string }> {
  const startedAt = new Date();
  const id = `${startedAt.toISOString().replace(/[-:]|\.\d+Z/g, '')}-${choice.profile.name}-${randomBytes(2).toString('hex')}`;
  const folder = createRunFolder(resolve(flags.out ?? join('results', 'local', id)));
  const progress = progressLine();
  cleanUpAfterDeadRuns();
  const envoy = await resolveEnvoy(flags.envoy ?? DEFAULT_ENVOY_VERSION, {
    allowUnpinned: flags.allowUnpinned,
    signal,
    onProgress: progress.say,
  });
  const planned = planArms({ ...choice, envoyVersion: envoy.version, runtime: 'native' });
  const plan = makePlan(choice.profile, startableArms(planned), choice.seed, choice.budgetSeconds);
  const recorder = recordRun(folder, await headerOf({ id, startedAt, choice, plan, envoy }), planned);
  recorder.write('interrupted');
  try {
    await measure({ flags, choice, plan, envoy, recorder, progress, signal, id });
    return { run: recorder.write('complete'), dir: folder.dir };
  } catch (error) {
    const interrupted = signal.aborted || error instanceof InterruptedError;
    const run = recorder.write(interrupted ? 'interrupted' : 'failed');
    if (interrupted) return { run, dir: folder.dir };
    throw error;
  } finally {
    progress.end();
  }
}

interface Work {
  readonly flags: BenchFlags;
  readonly choice: BenchChoice;
  readonly plan: Plan;
  readonly envoy: EnvoyBinary;
  readonly recorder: Recorder;
  readonly progress: ProgressLine;
  readonly signal: AbortSignal;
  readonly id: string;
}

async function measure({ flags, choice, plan, envoy, recorder, progress, signal, id }: Work): Promise<void> {
  const placement = choosePlacement(allowedCores(), await canPin());
  using scratch = openScratch(id.slice(-10));
  const ports =
    flags.portBase === undefined
      ? randomPorts(seededRandom(plan.seed, 'ports'))
      : sequentialPorts(flags.portBase);
  await using runtime = nativeRuntime({ scratch, ports });
  await using generator = await startGenerator(placement.generatorCpus);
  scratch.recordChild(generator.pid);
  const executor = envoyExecutor({
    runtime,
    envoy,
    base: await readBase(),
    scenarios: new Map(choice.scenarios.map((scenario) => [scenario.name, scenario])),
    variants: choice.variants,
    generator,
    placement,
    workers: 1,
    signal,
  });
  await runSchedule(plan, executor, recorder, {
    signal,
    onProgress: (state) => progress.update(state),
    proveOnly: flags.proveOnly,
  });
}

interface Recorder {
  sample(sample: Sample): void;
  evidence(evidence: Evidence): void;
  /** Analyses what there is so far and writes run.json. */
  write(status: Run['status']): Run;
}

function recordRun(folder: RunFolder, header: RunHeader, planned: readonly PlannedArm[]): Recorder {
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  return {
    sample(sample) {
      samples.push(sample);
      folder.sample(sample);
    },
    evidence(item) {
      evidence.push(item);
      folder.evidence(item);
    },
    write(status) {
      const run = analyse(
        { ...header, status, finishedAt: new Date().toISOString() },
        planned,
        samples,
        evidence,
      );
      folder.writeRun(run);
      return run;
    },
  };
}

async function headerOf(about: {
  id: string;
  startedAt: Date;
  choice: BenchChoice;
  plan: Plan;
  envoy: EnvoyBinary;
}): Promise<RunHeader> {
  const { id, startedAt, choice, plan, envoy } = about;
  const { version, build, sha256, source, origin } = envoy;
  const placement = choosePlacement(allowedCores(), await canPin());
  return {
    schema: 'filterbench/run@1',
    id,
    status: 'interrupted',
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    filterbench: packageVersion(),
    command: process.argv.slice(2),
    seed: plan.seed,
    profile: choice.profile.name,
    plan: plan.summary,
    scenarios: choice.scenarios.map(({ name, title, summary }) => ({ name, title, summary })),
    fingerprint: takeFingerprint(placement, {}),
    envoys: [{ version, build, sha256, source: source === 'cache' ? origin : source, runtime: 'native' }],
    warnings: [],
  };
}
