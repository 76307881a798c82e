import { join, relative, resolve } from 'node:path';
import { readBase } from '../../envoy/config.js';
import { FailedError, InstrumentError, InterruptedError } from '../../errors.js';
import { autocannonVersion } from '../../load/autocannon-version.js';
import { takeFingerprint } from '../../measure/fingerprint.js';
import { machineWarnings, throttlingWarnings } from '../../measure/gates.js';
import { readMachineLimits } from '../../measure/machine-limits.js';
import type { Variant } from '../../mechanisms/index.js';
import type { PlannedArm, RunHeader } from '../../results/analyse/index.js';
import type { EnvoyUsed, Placement, Run, Warning } from '../../results/schema/index.js';
import { checkRunFolder, type Recorder } from '../../results/store/index.js';
import type { RunLog } from '../../run-log/index.js';
import type { Scenario } from '../../scenarios/load.js';
import type { DoneRestart } from '../../schedule/done-restart.js';
import { byRuntime } from '../../schedule/executor.js';
import type { Plan } from '../../schedule/plan.js';
import type { StopReason } from '../../schedule/round-robin.js';
import { runSchedule } from '../../schedule/run-schedule.js';
import { type TimeLedger, timeLedger } from '../../schedule/time-spent.js';
import { envoyExecutor } from '../../session/executor.js';
import { checkGenerator } from './check-generator.js';
import type { Environment } from './environment.js';
import type { RunFlags } from './flags.js';
import { headerOf } from './header.js';
import { mappedWarnings } from './mapped.js';
import { prepare } from './prepare.js';
import type { ProgressLine } from './progress-line.js';
import { beginRecord, resumeRecord } from './record.js';
import { untriedWarnings } from './untried.js';
import { beginLog, closeLog } from './verbose.js';
import { withWorkbench } from './workbench.js';

/** What a command asks to be measured. */
export interface RunRequest {
  /** What a run's folder is named after, besides its time. */
  readonly name: string;
  readonly flags: RunFlags;
  readonly scenarios: readonly Scenario[];
  readonly variants: readonly Variant[];
  /** The arms on one Envoy, once it is known which. */
  arms(envoy: EnvoyUsed): PlannedArm[];
  makePlan(arms: readonly PlannedArm[]): Plan;
  /** A second runtime, in which everything is measured, too. */
  readonly besideIn?: 'docker';
  /** What else is made of the results, before they are written. */
  finish?(run: Run): Run;
  /** The folder of a run of the same request that was cut off: this one goes on with it. */
  readonly resume?: string;
}

/**
 * One whole run: Envoy, arms, schedule, results. From the moment that arms are planned the folder holds a run.json; until
 * the run is complete it says `interrupted`, so that even a SIGKILL leaves a folder that tells the truth.
 * @throws FilterbenchError; what was measured before is kept.
 */
export async function measureRun(
  request: RunRequest,
  signal: AbortSignal,
): Promise<{ run: Run; dir: string }> {
  const { flags, resume } = request;
  const startedAt = new Date();
  const time = startedAt.toISOString().replace(/[-:]|\.\d+Z/g, '');
  if (flags.out !== undefined && resume === undefined) checkRunFolder(resolve(flags.out));
  const prepared = await prepare(flags, signal, request.besideIn);
  const { environment, beside, placement, progress, log, id: random } = prepared;
  const id = `${time}-${request.name}-${random}`;
  const dir = resolve(resume ?? flags.out ?? join('results', 'local', id));
  const envoys = [...environment.envoys, ...(beside?.envoys ?? [])].map(({ used }) => used);
  const planned = envoys.flatMap((used) => request.arms(used));
  const plan = request.makePlan(planned);
  const fingerprint = takeFingerprint(placement, clientTools(flags));
  const external = planned.some(({ identity }) => identity.class === 'external');
  const warnings = [
    ...machineWarnings(fingerprint, { external }),
    ...untriedWarnings(planned),
    ...mappedWarnings(envoys),
  ];
  if (flags.strict) refuseWarnings(warnings);
  const header = await headerOf({ ...request, id, startedAt, plan, envoys, fingerprint, warnings });
  const about = { dir, header, plan, planned, finish: request.finish };
  using record = resume === undefined ? beginRecord(about) : await resumeRecord(about, progress.say);
  const { attempt, done } = record;
  const recorder = log ? beginLog(log, dir, header, record.recorder) : record.recorder;
  const ledger = timeLedger(undefined, done);
  const conduct = (stopped: StopReason | null) => ({
    stopped,
    timeSpent: ledger.spent(),
    restarts: ledger.restarts(),
  });
  try {
    const parts = { request, plan, environment, beside, placement, recorder, progress, signal, id, ledger };
    const stopped = await measure({ ...parts, log, attempt, done });
    recorder.warn(throttlingWarnings(fingerprint, readMachineLimits()));
    return { run: recorder.write('complete', conduct(stopped)), dir };
  } catch (error) {
    log?.note('stopped', { by: error instanceof Error ? error.stack : String(error) });
    const interrupted = signal.aborted || error instanceof InterruptedError;
    const status = interrupted ? 'interrupted' : 'failed';
    const run = writeAfter(interrupted, () => recorder.write(status, conduct(null)));
    if (run && interrupted) return { run, dir };
    progress.say(`what was measured until then is in ${dir}${howToGoOn(header, dir, error)}`);
    throw error;
  } finally {
    progress.end();
    if (log) closeLog(log, progress);
  }
}

// On a full disk run.json stays as it began, and says `interrupted`; where something failed before, that is what the user must know.
function writeAfter(interrupted: boolean, write: () => Run): Run | null {
  try {
    return write();
  } catch (second) {
    if (interrupted) throw second;
    return null;
  }
}

function howToGoOn({ command }: RunHeader, dir: string, error: unknown): string {
  if (command[0] !== 'bench' || !(error instanceof InstrumentError)) return '';
  return `; to go on: filterbench bench --resume ${relative('.', dir) || '.'}`;
}

interface Work {
  readonly request: RunRequest;
  readonly plan: Plan;
  readonly environment: Environment;
  readonly beside: Environment | null;
  readonly placement: Placement;
  readonly recorder: Recorder;
  readonly progress: ProgressLine;
  readonly log: RunLog | null;
  readonly signal: AbortSignal;
  readonly id: string;
  readonly ledger: TimeLedger;
  readonly attempt: number;
  readonly done: readonly DoneRestart[];
}

async function measure(work: Work): Promise<StopReason> {
  const { request, plan, environment, beside, placement, recorder, progress, signal, ledger, done } = work;
  const { flags, scenarios, variants } = request;
  return withWorkbench({ ...work, portBase: flags.portBase, seed: plan.seed }, async (bench) => {
    const parts = { ...bench, base: await readBase(), placement, signal };
    if (!plan.summary.proveOnly) {
      const check = checkGenerator({ ...parts, envoy: environment.envoys[0] }, plan);
      recorder.generator(await ledger.of('warmUp', check));
    }
    const options = {
      ...parts,
      envoys: environment.envoys,
      scenarios: new Map(scenarios.map((scenario) => [scenario.name, scenario])),
      variants,
      workers: 1,
      client: flags.client,
    };
    const executors = new Map([[bench.runtime.kind, envoyExecutor(options)]]);
    await using runtime = beside && bench.openBeside(beside);
    if (beside && runtime) {
      executors.set(runtime.kind, envoyExecutor({ ...options, envoys: beside.envoys, runtime }));
    }
    const executor = byRuntime(executors);
    // Awaited here: the runtime beside ends as soon as this function returns.
    return await runSchedule(plan, executor, recorder, {
      signal,
      onProgress: (state) => progress.update(state),
      ledger,
      isPrecise: ({ arms }, restart) =>
        recorder.interim(restart).shortfalls(new Set(arms.map(({ id }) => id))).length === 0,
      adviseRounds: (restart) => recorder.interim(restart).advice()?.roundsPerRestart ?? null,
      widthsOf: ({ arms }, restart) => recorder.interim(restart).widths(new Set(arms.map(({ id }) => id))),
      done,
    });
  });
}

function clientTools({ client }: RunFlags): Record<string, string> {
  return client === 'autocannon' ? { client, autocannon: autocannonVersion() } : { client };
}

function refuseWarnings(warnings: readonly Warning[]): void {
  const [first] = warnings;
  if (!first) return;
  const all = warnings.map(({ code, message }) => `${code}: ${message}`).join('\n  ');
  throw new FailedError(`--strict, and this machine is not fit to measure on:\n  ${all}`, first.next);
}
