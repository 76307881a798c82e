import type { Scenario } from '../scenarios/load.js';

/** What calibration drives: plain requests that come through unchanged, with the injection as each variant's own job. */
export const calibrationScenario: Scenario = {
  name: 'calibrate',
  family: 'calibrate',
  familyTitle: 'Calibration',
  rung: null,
  title: 'Calibration',
  summary: 'A known CPU time, sleep or number of loops is injected on every request and must come back.',
  phases: ['request'],
  headersWait: false,
  tables: {},
  job: { job: 'noop' },
  answer: null,
  load: [
    {
      repeat: 1,
      request: { method: 'GET', headers: {} },
      expect: { status: 200, headers: {}, body: 'ok' },
    },
  ],
  cases: [
    {
      name: 'nothing is changed',
      request: { method: 'GET', headers: { 'x-bench-request': 'from-the-client' } },
      expect: {
        upstream: { headers: { 'x-bench-request': 'from-the-client' } },
        client: { status: 200, headers: {} },
      },
    },
  ],
};
