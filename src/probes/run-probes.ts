import { inLanes } from '../compat/lanes.js';
import { FailedError } from '../errors.js';
import type { Evidence } from '../results/schema/index.js';
import { failedProbe, type Probe, type ProbeParts } from './probe.js';

// As in the compatibility matrix: nothing is timed, and a start waits more than it works.
const lanes = 2;

/**
 * Runs probes: those that can stand others beside them first, in lanes, then the others alone.
 * @returns their evidence, in the order of the probes; one that could not be carried out says so in its own.
 * @throws InterruptedError, or BadInputError and MissingError where the machine lacks something.
 */
export async function runProbes(
  parts: ProbeParts,
  probes: readonly Probe[],
  onDone: (probe: Probe, evidence: readonly Evidence[]) => void,
): Promise<Evidence[]> {
  const found = new Map<Probe, readonly Evidence[]>();
  const run = async (probe: Probe) => {
    parts.signal.throwIfAborted();
    const evidence = await evidenceOf(parts, probe);
    found.set(probe, evidence);
    onDone(probe, evidence);
  };
  await inLanes(
    probes.filter(({ alone }) => alone !== true),
    lanes,
    run,
  );
  for (const probe of probes.filter(({ alone }) => alone === true)) await run(probe);
  return probes.flatMap((probe) => found.get(probe) ?? []);
}

async function evidenceOf(parts: ProbeParts, probe: Probe): Promise<readonly Evidence[]> {
  try {
    return await probe.run(parts);
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    return [failedProbe(probe, parts.envoy, error.message)];
  }
}
