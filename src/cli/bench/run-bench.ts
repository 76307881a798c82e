import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { readBase } from '../../envoy/config.js';
import { InterruptedError } from '../../errors.js';
import { describeArtefacts } from '../../filters/used.js';
import { autocannonVersion } from '../../load/autocannon-version.js';
import { startGenerator } from '../../load/generator/process.js';
import { takeFingerprint } from '../../measure/fingerprint.js';
import { allowedCores, choosePlacement } from '../../measure/placement.js';
import type { RunHeader } from '../../results/analyse/index.js';
import type { ArtefactUsed, Placement, Run } from '../../results/schema/index.js';
import { checkRunFolder, createRunFolder, type Recorder, recordRun } from '../../results/store/index.js';
import { canPin } from '../../runtime/launch-prefix.js';
import { randomPorts, sequentialPorts } from '../../runtime/ports.js';
import { cleanUpAfterDeadRuns, openScratch } from '../../runtime/scratch.js';
import { makePlan, type Plan } from '../../schedule/plan.js';
import { seededRandom } from '../../schedule/random.js';
import { runSchedule } from '../../schedule/run-schedule.js';
import { envoyExecutor } from '../../session/executor.js';
import { packageVersion } from '../../version.js';
import { artefactsOf, planArms, requireUpstream, startableArms } from './arms.js';
import { chooseEnvironment, type Environment } from './environment.js';
import type { BenchChoice, BenchFlags } from './options.js';
import { type ProgressLine, progressLine } from './progress-line.js';

/**
 * One whole run: Envoy, arms, schedule, results. From the moment that arms are planned the folder holds a run.json; until
 * the run is complete it says `interrupted`, so that even a SIGKILL leaves a folder that tells the truth.
 * @throws FilterbenchError; what was measured before is kept.
 */
export async function runBench(
  flags: BenchFlags,
  choice: BenchChoice,
  signal: AbortSignal,
): Promise<{ run: Run; dir: string }> {
  const startedAt = new Date();
  const time = startedAt.toISOString().replace(/[-:]|\.\d+Z/g, '');
  const id = `${time}-${choice.profile.name}-${randomBytes(3).toString('hex')}`;
  const dir = resolve(flags.out ?? join('results', 'local', id));
  checkRunFolder(dir);
  requireUpstream();
  const progress = progressLine();
  cleanUpAfterDeadRuns();
  const environment = await chooseEnvironment(flags, signal, progress.say);
  progress.say(environment.note);
  const { used } = environment;
  const planned = planArms({ ...choice, envoyVersion: used.version, runtime: used.runtime });
  const plan = makePlan({ ...choice, scenarios: startableArms(planned), proveOnly: flags.proveOnly });
  const placement = choosePlacement(allowedCores(), await canPin());
  const artefacts = await describeArtefacts(artefactsOf(choice, used.version));
  const folder = createRunFolder(dir);
  const header = headerOf({ id, startedAt, choice, plan, used, placement, artefacts });
  const recorder = recordRun(folder, header, planned);
  recorder.write('interrupted');
  try {
    await measure({ flags, choice, plan, environment, placement, recorder, progress, signal, id });
    return { run: recorder.write('complete'), dir };
  } catch (error) {
    const interrupted = signal.aborted || error instanceof InterruptedError;
    const run = recorder.write(interrupted ? 'interrupted' : 'failed');
    if (interrupted) return { run, dir };
    progress.say(`what was measured until then is in ${dir}`);
    throw error;
  } finally {
    progress.end();
  }
}

interface Work {
  readonly flags: BenchFlags;
  readonly choice: BenchChoice;
  readonly plan: Plan;
  readonly environment: Environment;
  readonly placement: Placement;
  readonly recorder: Recorder;
  readonly progress: ProgressLine;
  readonly signal: AbortSignal;
  readonly id: string;
}

async function measure(work: Work): Promise<void> {
  const { flags, choice, plan, environment, placement, recorder, progress, signal, id } = work;
  // The id's random end: a Unix socket's path has little room.
  using scratch = openScratch(id.slice(-6));
  const ports =
    flags.portBase === undefined
      ? randomPorts(seededRandom(plan.seed, 'ports'))
      : sequentialPorts(flags.portBase);
  await using runtime = environment.open({ scratch, ports, runId: id });
  await using generator = await startGenerator(placement.generatorCpus);
  scratch.recordChild(generator.pid);
  const executor = envoyExecutor({
    runtime,
    envoy: environment.envoy,
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
  });
}

function headerOf(about: {
  id: string;
  startedAt: Date;
  choice: BenchChoice;
  plan: Plan;
  used: Environment['used'];
  placement: Placement;
  artefacts: readonly ArtefactUsed[];
}): RunHeader {
  const { id, startedAt, choice, plan, used, placement, artefacts } = about;
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
    fingerprint: takeFingerprint(placement, { autocannon: autocannonVersion() }),
    envoys: [used],
    artefacts: [...artefacts],
    warnings: [],
  };
}
