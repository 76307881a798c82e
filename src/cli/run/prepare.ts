import { randomBytes } from 'node:crypto';
import { allowedCores, choosePlacement } from '../../measure/placement.js';
import type { Placement } from '../../results/schema/index.js';
import { openRunLog, type RunLog } from '../../run-log/index.js';
import { canPin } from '../../runtime/launch-prefix.js';
import { cleanUpAfterDeadRuns } from '../../runtime/scratch.js';
import { chooseEnvironment, type Environment, type EnvironmentFlags } from './environment.js';
import { requireUpstream } from './needs.js';
import { type ProgressLine, progressLine } from './progress-line.js';
import { loggedProgress } from './verbose.js';

/** What every measuring command settles before anything starts. */
export interface Prepared {
  readonly environment: Environment;
  /** The same Envoys in another runtime, where that was asked for. */
  readonly beside: Environment | null;
  readonly placement: Placement;
  readonly progress: ProgressLine;
  /** Null without `--verbose`. */
  readonly log: RunLog | null;
  /** A random name for what is started. */
  readonly id: string;
}

/**
 * Finds Envoy and a place for everything, and cleans up after runs that died.
 * @param besideIn a second runtime, for the same Envoys
 * @throws MissingError where Envoy or a compiled file is missing; BadInputError; InterruptedError.
 */
export async function prepare(
  flags: EnvironmentFlags & { readonly verbose?: boolean },
  signal: AbortSignal,
  besideIn: 'docker' | null = null,
): Promise<Prepared> {
  requireUpstream();
  const shown = progressLine();
  const log = flags.verbose ? openRunLog({ warn: shown.say }) : null;
  const progress = log ? loggedProgress(shown, log) : shown;
  cleanUpAfterDeadRuns();
  // Where containers come beside, a memory limit and a network are theirs.
  const { memory: _memory, containerNetwork: _network, ...unlimited } = flags;
  const environment = await chooseEnvironment(besideIn ? unlimited : flags, signal, progress.say);
  progress.say(environment.note);
  const beside = besideIn && (await chooseEnvironment({ ...flags, runtime: besideIn }, signal, progress.say));
  if (beside) progress.say(beside.note);
  const placement = choosePlacement(allowedCores(), await canPin());
  return { environment, beside, placement, progress, log, id: randomBytes(3).toString('hex') };
}
