import type { Fingerprint } from '../../src/results/schema/index.js';

/** A machine of two cores of which little is known; tests give what they look at. */
export function fakeFingerprint(about: Partial<Fingerprint> = {}): Fingerprint {
  return {
    cpu: 'fake',
    cores: 2,
    memoryMiB: 1,
    kernel: 'fake',
    os: 'fake',
    arch: 'x64',
    node: 'v20',
    governor: null,
    virtualised: null,
    smt: null,
    turbo: null,
    cgroupCpuLimit: null,
    cgroupThrottledMs: null,
    thermalThrottles: null,
    stealShare: null,
    loadAverage1m: 0,
    placement: {
      envoyCpus: [0],
      serverCpus: [0],
      generatorCpus: [1],
      upstreamCpus: [1],
      serverSharesEnvoy: true,
      pinned: true,
    },
    tools: {},
    ...about,
  };
}
