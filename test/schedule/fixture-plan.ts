import type { PlannedArm, RunHeader } from '../../src/results/analyse/index.js';
import type { ArmIdentity } from '../../src/results/schema/index.js';
import { makePlan, type Plan } from '../../src/schedule/plan.js';
import { type Profile, profiles } from '../../src/schedule/profiles.js';
import { fakeFingerprint } from '../support/fingerprint.js';

export function fakeArm(variant: string, twin = false, scenario = 'headers'): ArmIdentity {
  const kind = variant === 'baseline' ? 'baseline' : variant.startsWith('ext-') ? 'external' : 'in-process';
  const id = `${scenario}/${variant}@1.40.0`;
  return {
    id: twin ? `${id}+twin` : id,
    mechanism: variant.split('/')[0]!,
    variant,
    class: kind,
    scenario,
    envoy: '1.40.0',
    runtime: 'native',
    twinOf: twin ? id : null,
  };
}

export const fakeArms: readonly ArmIdentity[] = [
  fakeArm('baseline'),
  fakeArm('baseline', true),
  fakeArm('lua'),
  fakeArm('lua', true),
  fakeArm('wasm/rust'),
  fakeArm('ext-proc/rust-uds'),
  fakeArm('ext-proc/rust-uds', true),
];

export function fakePlan(
  arms: readonly ArmIdentity[] = fakeArms,
  profile: Profile = profiles.quick,
  seed = 1,
): Plan {
  const scenarios = [{ scenario: 'headers', arms }];
  return makePlan({ profile, scenarios, seed, budgetSeconds: profile.budgetSeconds });
}

export function fakeHeader(plan: Plan): RunHeader {
  return {
    schema: 'filterbench/run@1',
    id: 'fake',
    status: 'complete',
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:10:00.000Z',
    filterbench: '0.1.0',
    command: ['bench'],
    seed: plan.seed,
    profile: plan.profile.name,
    plan: plan.summary,
    scenarios: [
      { name: 'headers', title: 'Headers', summary: 'Sets headers', family: 'headers', rung: null },
    ],
    fingerprint: fakeFingerprint(),
    envoys: [
      { version: '1.40.0', build: 'Clean', sha256: '0', source: 'wheel', pinned: true, runtime: 'native' },
    ],
    artefacts: [],
    generator: null,
    conduct: null,
    warnings: [],
  };
}

export function planned(arms: readonly ArmIdentity[] = fakeArms): PlannedArm[] {
  return arms.map((identity) => ({ identity, known: null }));
}
