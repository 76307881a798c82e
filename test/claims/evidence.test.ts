import { expect, it } from 'vitest';
import { z } from 'zod';
import { fits } from '../../src/claims/globs.js';
import { loadClaims } from '../../src/claims/load.js';
import { observationsOfEvidence } from '../../src/claims/observations.js';
import { faults } from '../../src/faults/families/index.js';
import { faultId } from '../../src/faults/fault.js';
import { probes } from '../../src/probes/list.js';
import { madeUpProbe, madeUpSwap } from '../probes/made-up.js';
import { faultEvidence, tally } from '../support/fault-evidence.js';

it('a fault tells whether Envoy lived, how far it reached, and whether all was well again', () => {
  const survived = faultEvidence({
    variant: 'wasm/c',
    fault: 'trap',
    policy: 'FAIL_OPEN',
    after: [tally({ effect: 'failed', lastMs: 400 }), tally({ worker: 1 })],
  });
  const died = faultEvidence({ variant: 'cpp', fault: 'kill', diedMs: 3, fresh: [] });
  expect(observationsOfEvidence([survived, died])).toMatchObject([
    {
      id: 'fault/wasm/c:trap@FAIL_OPEN',
      envoy: '1.40.0',
      facts: { envoyLives: true, radius: 'worker', harmsNeighbours: false, recovered: true, recoveryMs: 400 },
    },
    { id: 'fault/cpp:kill', facts: { envoyLives: false, radius: 'process', harmsNeighbours: true } },
  ]);
});

it('a probe and a swap tell their facts', () => {
  expect(observationsOfEvidence([madeUpProbe(), madeUpSwap()])).toMatchObject([
    { id: 'probe/lua/inline', facts: { works: true } },
    { id: 'probe/swap/lua/script', facts: { took: true, lost: 0 } },
  ]);
});

it('what was observed leads back to its line of evidence', () => {
  const evidence = [faultEvidence(), madeUpProbe(), madeUpSwap()];
  expect(observationsOfEvidence(evidence).map((one) => one.evidence)).toEqual(evidence.map(({ arm }) => arm));
});

it('what did not come about tells nothing', () => {
  const failed = { passed: false, problem: 'it did not start' };
  expect(observationsOfEvidence([faultEvidence(failed), madeUpProbe(failed)])).toEqual([]);
});

it('every claim on faults and probes names some that there are', async () => {
  const { claims } = await loadClaims();
  const observed = z.looseObject({ expectations: z.array(z.looseObject({ of: z.string() })).default([]) });
  const patterns = claims.flatMap(({ prediction }) =>
    observed.parse(prediction).expectations.map(({ of }) => of),
  );
  const ids = [...faults.map((fault) => `fault/${faultId(fault)}`), ...probes.map(({ id }) => `probe/${id}`)];
  // A series of swaps has a name, and each of its steps one below it.
  const isThere = (pattern: string) =>
    ids.some((id) => fits(id, pattern) || (id.startsWith('probe/swap/') && pattern.startsWith(`${id}/`)));
  expect(patterns.length).toBeGreaterThan(30);
  expect(patterns.filter((pattern) => !isThere(pattern))).toEqual([]);
});
