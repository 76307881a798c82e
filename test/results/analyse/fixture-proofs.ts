import type { ArmIdentity, Evidence } from '../../../src/results/schema/index.js';

/** The evidence of an arm's restart that counts, or fails its proof. */
export function proofs(arm: ArmIdentity, restart: number, broken = false): Evidence[] {
  const about = { schema: 'filterbench/evidence@1', arm: arm.id, restart, problem: null } as const;
  const none = { request: null, observed: null };
  return [
    {
      ...about,
      kind: 'proof',
      phase: 'after-load',
      case: 'fake',
      route: 'probe',
      passed: !broken,
      ...none,
    },
    {
      ...about,
      kind: 'counters',
      passed: true,
      served: 1,
      aborted: 0,
      counters: {},
      pssMiB: null,
      serverPssMiB: null,
    },
  ];
}
