import type { RunningWorkload } from '../runtime/types.js';
import { type Scenario, usesUpstream } from '../scenarios/scenario.js';
import type { ArmContext } from './arm.js';
import { startEcho } from './server.js';

/** Proofs one after another: an echo upstream tells what it received of one request at a time. */
export interface ProofLane {
  readonly echo: RunningWorkload;
  run<T>(proof: () => Promise<T>): Promise<T>;
}

// With bodies most of a proof is waiting between the pieces of one; on two cores more lanes would wait for a core.
const lanesWithBodies = 4;

/**
 * Opens the lanes for a scenario's proofs; arms of unlike lanes are proven at the same time.
 * @throws FailedError where an echo upstream does not start; none is left then.
 */
export async function openProofLanes(
  context: Pick<ArmContext, 'runtime' | 'placement' | 'signal'>,
  scenario: Scenario,
): Promise<ProofLane[]> {
  // A container takes longer to start than a lane saves.
  const count = usesUpstream(scenario) && context.runtime.kind === 'native' ? lanesWithBodies : 1;
  const starting = await Promise.allSettled(Array.from({ length: count }, () => startEcho(context)));
  const lanes = starting.flatMap((start) => (start.status === 'fulfilled' ? [laneOf(start.value)] : []));
  const failed = starting.find((start) => start.status === 'rejected');
  if (failed) {
    await Promise.all(lanes.map(({ echo }) => echo.stop()));
    throw failed.reason;
  }
  return lanes;
}

function laneOf(echo: RunningWorkload): ProofLane {
  let last: Promise<unknown> = Promise.resolve();
  return {
    echo,
    run(proof) {
      const proven = last.then(proof);
      last = proven.catch(() => undefined);
      return proven;
    },
  };
}
