import type { Run } from '../../results/schema/index.js';
import { oneLine } from '../format/text.js';
import { type Panel, panelsOf } from './panels.js';

/** An arm without numbers, and why. */
export interface Unmeasured {
  readonly scenario: string;
  readonly variant: string;
  readonly status: string;
  readonly reason: string;
}

function panelTitle(panels: readonly Panel[], armId: string): string | undefined {
  return panels.find(({ arms }) => arms.some(({ id }) => id === armId))?.title;
}

/** Every arm that is not charted though it was asked for: baselines and copies, too, where they failed. */
export function unmeasuredOf(run: Run): Unmeasured[] {
  const panels = panelsOf(run);
  return run.arms.flatMap((arm) => {
    const hasNumbers = arm.cpu !== null && (arm.class === 'baseline' || arm.overhead !== null);
    if (arm.status === 'valid' && (hasNumbers || run.plan.proveOnly)) return [];
    const copy = arm.twinOf === null ? '' : ' (second copy of an A/A pair)';
    return [
      {
        scenario: panelTitle(panels, arm.id) ?? arm.scenario,
        variant: arm.variant + copy,
        status: arm.status === 'valid' ? 'valid, without numbers' : arm.status,
        reason: oneLine(arm.reason ?? 'no measurement was completed'),
      },
    ];
  });
}
