import { setTimeout as sleep } from 'node:timers/promises';
import { isSilent, repeatAfterMs } from '../load/silent.js';
import type { Evidence, Sample } from '../results/schema/index.js';
import type { Session, SliceSpec } from './executor.js';

/** What a slice gave; `problem` says why its arm fails, null where it does not. */
export interface DrivenSlice {
  /** Null where no window had an answer. */
  readonly sample: Sample | null;
  /** Windows without an answer, one each. */
  readonly evidence: readonly Evidence[];
  readonly problem: string | null;
}

/**
 * Drives one slice. A closed loop's window without an answer, where none was wrong either, is driven again, and is twice as long each
 * time: either others held the cores, or the arm is so slow that answers to all connections come in bursts farther apart than the window
 * is long. An open loop has an outcome of its own for it: the rate was missed.
 */
export async function driveSlice(session: Session, spec: SliceSpec): Promise<DrivenSlice> {
  const evidence: Evidence[] = [];
  for (let tries = 1; ; tries += 1) {
    const windowMs = spec.windowMs * 2 ** (tries - 1);
    const sample = await session.run({ ...spec, windowMs });
    if (spec.load.loop === 'open' || !isSilent(sample))
      return { sample, evidence, problem: wrongAnswers(sample) };
    evidence.push(silence({ ...spec, windowMs }, sample, tries));
    const waitMs = repeatAfterMs[tries - 1];
    if (waitMs === undefined) {
      const problem = `no answer came in ${tries} windows of ${spec.windowMs} to ${windowMs} ms, one after another, and none that was wrong`;
      return { sample: null, evidence, problem };
    }
    await sleep(waitMs);
  }
}

function silence(
  { arm, restart, purpose, round, load, windowMs }: SliceSpec,
  sample: Sample,
  tries: number,
): Evidence {
  const problem = `no answer came in the window of ${windowMs} ms, try ${tries}; ${sample.served} came outside of it`;
  const about = { schema: 'filterbench/evidence@1', arm, restart, purpose, round, load } as const;
  return { ...about, kind: 'silent', passed: true, problem };
}

function wrongAnswers({ bad, served, badExample }: Sample): string | null {
  return bad === 0 ? null : `${bad} wrong beside ${served} answers: ${badExample}`;
}
