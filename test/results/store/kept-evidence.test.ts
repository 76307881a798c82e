import { expect, it } from 'vitest';
import { judgeArm } from '../../../src/results/analyse/arm-status.js';
import type { Evidence } from '../../../src/results/schema/index.js';
import { totalsOf } from '../../../src/results/slices/index.js';
import { evidenceKeeper } from '../../../src/results/store/kept-evidence.js';

const arm = 'headers/lua@1.40.0';

function proof(more: Partial<Evidence> = {}): Evidence {
  const about = { schema: 'filterbench/evidence@1', arm, restart: 0, passed: true, problem: null } as const;
  const sent = { request: { body: 'x' }, observed: { body: 'y' } };
  return {
    ...about,
    kind: 'proof',
    phase: 'before-load',
    case: 'one',
    route: 'probe',
    ...sent,
    ...more,
  } as Evidence;
}

function keptOf(...items: readonly Evidence[]): readonly Evidence[] {
  const keeper = evidenceKeeper();
  for (const item of items) keeper.add(item);
  return keeper.kept;
}

it('of the proofs that an arm passed in a restart one is kept, without what it sent and got', () => {
  const kept = keptOf(
    proof(),
    proof(),
    proof({ restart: 1 }),
    proof({ attempt: 1 }),
    proof({ arm: 'other' }),
  );
  expect(kept).toHaveLength(4);
  expect(kept[0]).toEqual({ ...proof(), request: null, observed: null });
});

it('each that failed is kept, so that the arm is judged as by all of them', () => {
  const failed = proof({ passed: false, problem: 'status 500' });
  const kept = keptOf(proof(), proof(), failed, failed);
  expect(kept).toHaveLength(3);
  expect(judgeArm(kept, totalsOf([]))).toEqual(judgeArm([proof(), failed], totalsOf([])));
});

it('texts of a validation are not kept, but what it lacks is', () => {
  const about = { schema: 'filterbench/evidence@1', arm, restart: 0, passed: false, problem: 'no' } as const;
  const lacks = 'envoy.filters.http.lua';
  const validate: Evidence = { ...about, kind: 'validate', lacks, output: 'x', config: 'y' };
  const [kept] = keptOf(validate);
  expect(kept).toEqual({ ...validate, output: '', config: '' });
});
