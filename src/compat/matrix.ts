import { FailedError } from '../errors.js';
import { type EvidenceOf, isUsable } from '../results/schema/index.js';
import type { EnvoyToTry } from './attempt.js';
import type { Found } from './cache.js';
import { type CellParts, findOut } from './cell.js';
import { warningsOf } from './envoy-log.js';
import { inLanes } from './lanes.js';
import type { Subject } from './subject.js';
import type { Subjects } from './subjects.js';

/** How far one Envoy is. */
export interface CompatProgress {
  readonly envoy: string;
  readonly done: number;
  readonly all: number;
}

// Starting an Envoy is mostly waiting; more at a time would make their answers late on two cores.
const lanes = 2;

/**
 * Tries every subject on every Envoy, each Envoy first without a filter.
 * @throws FailedError where an Envoy does not do even that; InterruptedError, what was found out until then is in the cache.
 */
export async function fillMatrix(
  parts: CellParts,
  envoys: readonly EnvoyToTry[],
  { baseline, tried }: Subjects,
  onProgress: (progress: CompatProgress) => void,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const envoy of envoys) {
    const alone = await findOut(parts, { envoy, subject: baseline, ambient: null });
    requireUsable(envoy, alone);
    const ambient = alone.evidence.flatMap((item) => (item.kind === 'compat' ? warningsOf(item.log) : []));
    let done = 0;
    const work = async (subject: Subject) => {
      const one = await findOut(parts, { envoy, subject, ambient });
      done += 1;
      onProgress({ envoy: envoy.label, done, all: tried.length });
      return one;
    };
    found.push(alone, ...(await inLanes(tried, lanes, work)));
  }
  return found;
}

function requireUsable({ label, path }: EnvoyToTry, { cell, evidence }: Found): void {
  if (isUsable(cell)) return;
  const starts = evidence.filter((item): item is EvidenceOf<'compat'> => item.kind === 'compat');
  throw new FailedError(
    `Envoy ${label} does not work even without a filter: ${starts.at(-1)?.problem ?? cell.outcome}`,
    `see whether ${path} runs here`,
  );
}
