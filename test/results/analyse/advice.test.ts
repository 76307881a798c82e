import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/results/analyse/index.js';
import type { Evidence, Sample, ScenarioSummary } from '../../../src/results/schema/index.js';
import { seededRandom } from '../../../src/schedule/random.js';
import { fakeArm, fakeHeader, fakePlan } from '../../schedule/fixture-plan.js';
import { sampleOf } from '../store/fixture-sample.js';

const plain = sampleOf();
const restarts = 12;
const rounds = 6;

/** A scenario whose slices have a noise of so many µs; of a series where it has a size. */
interface Noisy {
  readonly name: string;
  readonly family: string;
  readonly bodyKiB: number | null;
  readonly noiseUs: number;
}

const headers: Noisy = { name: 'headers', family: 'headers', bodyKiB: null, noiseUs: 1 };
const bodies = [1, 16, 128, 1_024].map(
  (bodyKiB): Noisy => ({ name: `redact-${bodyKiB}`, family: 'redact', bodyKiB, noiseUs: 1 + bodyKiB }),
);

function adviceOf(scenarios: readonly Noisy[]) {
  const random = seededRandom(3, 'advice');
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  const planned = scenarios.flatMap(({ name, noiseUs }) =>
    ['baseline', 'lua'].map((variant) => {
      const identity = fakeArm(variant, false, name);
      for (let restart = 0; restart < restarts; restart += 1) {
        evidence.push(...proofs(identity.id, restart));
        for (let round = 0; round < rounds; round += 1) {
          const us = 40 + noiseUs * (random() + random() - 1);
          samples.push({ ...plain, arm: identity.id, restart, round, requests: 1_000, envoyNs: us * 1e6 });
        }
      }
      return { identity, known: null };
    }),
  );
  const summaries = scenarios.map(
    ({ name, family, bodyKiB }): ScenarioSummary => ({
      name,
      title: name,
      summary: name,
      family,
      rung: bodyKiB === null ? null : { quantity: 'bodyKiB', value: bodyKiB },
    }),
  );
  const header = { ...fakeHeader(fakePlan()), scenarios: summaries };
  const plan = { ...header.plan, intervals: true };
  return analyse({ ...header, plan }, planned, samples, evidence).advice!;
}

function proofs(arm: string, restart: number): Evidence[] {
  const about = { schema: 'filterbench/evidence@1', arm, restart, problem: null, passed: true } as const;
  const proof = { kind: 'proof', phase: 'after-load', case: 'fake', route: 'probe' } as const;
  const counters = { kind: 'counters', served: 1, aborted: 0, counters: {} } as const;
  return [
    { ...about, ...proof, request: null, observed: null },
    { ...about, ...counters, pssMiB: null, serverPssMiB: null },
  ];
}

describe('advice', () => {
  it('tells the noise of a job, whatever sizes of another job were measured beside it', () => {
    const alone = adviceOf([headers]);
    const beside = adviceOf([headers, ...bodies]);
    expect(alone.withinRestartsSdUs).toBeGreaterThan(0.3);
    expect(alone.withinRestartsSdUs).toBeLessThan(1);
    expect(beside.withinRestartsSdUs).toBeCloseTo(alone.withinRestartsSdUs, 9);
    expect(beside.roundsPerRestart).toBeLessThanOrEqual(
      Math.max(alone.roundsPerRestart, adviceOf(bodies).roundsPerRestart),
    );
  });

  it('is in the middle of the sizes where there is one job only', () => {
    const { withinRestartsSdUs } = adviceOf(bodies);
    expect(withinRestartsSdUs).toBeGreaterThan(5);
    expect(withinRestartsSdUs).toBeLessThan(120);
  });
});
