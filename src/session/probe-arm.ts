import type { Evidence } from '../results/schema/index.js';
import { oversizesOf } from '../scenarios/oversize.js';
import { probeLimit } from '../scenarios/probe-limit.js';
import type { ArmUnderTest } from './prove-arm.js';

/** What an arm does with bodies above the buffer limit; nothing where its scenario has none. */
export async function probeArm({ arm, scenario, target }: ArmUnderTest): Promise<Evidence[]> {
  const about = { schema: 'filterbench/evidence@1', arm: arm.id, restart: null } as const;
  const evidence: Evidence[] = [];
  for (const oversize of oversizesOf(scenario)) {
    const found = await probeLimit(target, oversize);
    evidence.push({ ...about, kind: 'above-limit', passed: true, problem: null, ...found });
  }
  return evidence;
}
