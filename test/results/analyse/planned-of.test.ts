import { expect, it } from 'vitest';
import { analyse, plannedOf } from '../../../src/results/analyse/index.js';
import type { Evidence, Sample } from '../../../src/results/schema/index.js';
import { fakeArm, fakeHeader, fakePlan } from '../../schedule/fixture-plan.js';
import { sampleOf } from '../store/fixture-sample.js';
import { proofs } from './fixture-proofs.js';

it('believes the evidence of a run that was killed, and keeps what needed no start', () => {
  const [baseline, lua, cpp] = [fakeArm('baseline'), fakeArm('lua'), fakeArm('cpp')];
  const unsupported = { status: 'unsupported', reason: 'no built-in does it' } as const;
  const planned = [baseline, lua].map((identity) => ({ identity, known: null }));
  const begun = analyse(fakeHeader(fakePlan()), [...planned, { identity: cpp, known: unsupported }], [], []);
  expect(begun.arms.map(({ status }) => status)).toEqual(['unavailable', 'unavailable', 'unsupported']);
  const evidence: Evidence[] = [baseline, lua].flatMap((arm) => proofs(arm, 0));
  const samples: Sample[] = [baseline, lua].map(({ id }) => sampleOf({ arm: id }));
  const again = analyse(begun, plannedOf(begun, evidence), samples, evidence);
  expect(again.arms.map(({ status }) => status)).toEqual(['valid', 'valid', 'unsupported']);
  expect(again.arms[2]?.reason).toBe(unsupported.reason);
  // An arm that it never came to is as it was.
  expect(plannedOf(begun, proofs(baseline, 0))[1]?.known?.status).toBe('unavailable');
});
