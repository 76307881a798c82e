import { type Generator, startGenerator } from '../../load/generator/process.js';
import type { Placement } from '../../results/schema/index.js';
import { loggedRuntime, type RunLog } from '../../run-log/index.js';
import { randomPorts, sequentialPorts } from '../../runtime/ports.js';
import { openScratch } from '../../runtime/scratch.js';
import type { Runtime } from '../../runtime/types.js';
import { seededRandom } from '../../schedule/random.js';
import type { Environment } from './environment.js';

/** What everything that is measured needs: where things run, and who drives load. */
export interface Workbench {
  readonly runtime: Runtime;
  readonly generator: Generator;
  /** Opens another runtime on the same ports and folders; whoever opens it ends it. */
  openBeside(environment: Environment): Runtime;
}

/** What a workbench is set up from. */
export interface WorkbenchRequest {
  /** Of the run; names what is left behind where even cleaning up fails. */
  readonly id: string;
  readonly environment: Environment;
  readonly placement: Placement;
  readonly portBase: number | undefined;
  readonly seed: number;
  /** Which resumption of the run it is for; 0, or left away, where it begins. */
  readonly attempt?: number;
  /** Notes all that is started; null, or left away: nobody does. */
  readonly log?: RunLog | null;
}

/** Sets up runtime and generator, works with them, and ends whatever was started, however the work ends. */
export async function withWorkbench<T>(
  { id, environment, placement, portBase, seed, attempt = 0, log = null }: WorkbenchRequest,
  work: (bench: Workbench) => Promise<T>,
): Promise<T> {
  // The id's random end: a Unix socket's path has little room.
  using scratch = openScratch(id.slice(-6));
  // Each restart has ports of its own, those after a resumption, too.
  const purpose = attempt === 0 ? ['ports'] : ['ports', attempt];
  const ports =
    portBase === undefined ? randomPorts(seededRandom(seed, ...purpose)) : sequentialPorts(portBase);
  const openBeside = (other: Environment) => {
    const runtime = other.open({ scratch, ports, runId: id });
    return log ? loggedRuntime(runtime, log) : runtime;
  };
  await using runtime = openBeside(environment);
  await using generator = await startGenerator(placement.generatorCpus);
  for (const pid of generator.pids) scratch.recordChild(pid);
  log?.note('generator', { pids: generator.pids, cpus: placement.generatorCpus, scratch: scratch.dir });
  // Awaited here: what is set up ends as soon as this function returns.
  return await work({ runtime, generator, openBeside });
}
