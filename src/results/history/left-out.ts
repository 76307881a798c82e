import { measuredArms, type RunAt } from '../compare/index.js';
import type { LeftOut, LeftOutKind } from '../schema/index.js';

/** Parts the runs that a history can show from those that it cannot, each with the reason. */
export function partRuns(runs: readonly RunAt[]): { shown: RunAt[]; leftOut: LeftOut[] } {
  const shown: RunAt[] = [];
  const leftOut: LeftOut[] = [];
  for (const at of runs) {
    const why = whyNot(at) ?? whyTwice(at, shown);
    if (why === null) shown.push(at);
    else leftOut.push({ dir: at.dir, kind: why[0], reason: why[1] });
  }
  return { shown, leftOut };
}

type Why = readonly [kind: LeftOutKind, reason: string];

function whyNot({ run }: RunAt): Why | null {
  const { status, plan, calibration } = run;
  if (status !== 'complete') return ['not-complete', `it is ${status}`];
  if (plan.proveOnly) return ['proofs-only', 'proofs only: nothing was measured'];
  if (calibration !== null) return ['calibration', 'a calibration: what its filters do is made up'];
  if (!plan.intervals) return ['no-intervals', `profile ${run.profile}: it has no intervals`];
  return measuredArms(run).length === 0 ? ['no-overhead', 'no arm has an overhead that counts'] : null;
}

// A published copy has the id of the run that it was made from.
function whyTwice({ run }: RunAt, before: readonly RunAt[]): Why | null {
  const same = before.find((other) => other.run.id === run.id);
  return same === undefined ? null : ['twice', `the same run as ${same.dir}`];
}
