import { describe, expect, it } from 'vitest';
import { observations } from '../../src/probes/observations.js';
import { failedProbe, probeOf } from '../../src/probes/probe.js';
import { evidenceSchema } from '../../src/results/schema/index.js';
import { envoy, madeUpProbe, madeUpSwap } from './made-up.js';

describe('what probes and swaps showed', () => {
  it('comes in one shape, in order, and from stored lines alone', () => {
    const evidence = [madeUpSwap(), madeUpProbe({ words: 'no' })];
    const stored = evidence.map((item) => evidenceSchema.parse(JSON.parse(JSON.stringify(item))));
    expect(observations(stored)).toEqual([
      {
        arm: 'lua/inline@1.40.0',
        probe: 'swap/lua/script',
        question: 'does it load?',
        claims: ['cap-dynamic-load'],
        envoy: '1.40.0',
        carriedOut: true,
        problem: null,
        words: null,
        facts: {
          servedAtTheEnd: 'two',
          works: true,
          took: true,
          way: 'listener',
          rps: 200,
          offered: 100,
          old: 40,
          new: 60,
          lost: 0,
          wrong: 0,
          firstNewMs: 12.5,
          lastOldMs: 30,
          oldAfterNewOnFresh: 0,
          oldAfterNewOnKept: 3,
        },
      },
      {
        arm: 'lua/inline@1.40.0',
        probe: 'lua/inline',
        question: 'does it load?',
        claims: ['cap-lua-inline'],
        envoy: '1.40.0',
        carriedOut: true,
        problem: null,
        words: 'no',
        facts: { works: true, status: 200 },
      },
    ]);
  });

  it.each([
    ['a lost request', { lost: 1 }],
    ['a wrong answer', { wrong: 1 }],
    ['a version that never came', { firstNewMs: null }],
  ])('is no success with %s', (_what, account) => {
    expect(observations([madeUpSwap(account)])[0]?.facts.works).toBe(false);
  });

  it('has no facts of a probe that could not be carried out', () => {
    const names = { id: 'lua/inline', claims: [], question: '?' };
    const probe = probeOf(names, () => Promise.reject(new Error('never run')));
    const [observed] = observations([failedProbe(probe, envoy, 'no port')]);
    expect(observed).toMatchObject({ carriedOut: false, problem: 'no port', facts: {} });
  });
});
