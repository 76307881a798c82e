import { cpp } from '../../mechanisms/cpp.js';
import { supported } from '../../mechanisms/types.js';
import type { Fault } from '../fault.js';
import { faultTitles } from '../titles.js';

const common = {
  mechanism: 'cpp',
  variant: 'cpp',
  policy: null,
  takesMiB: 0,
  support: () => supported,
  reads: () => [],
  variables: () => ({}),
  env: () => ({}),
} as const;

/** Crashes in code that is compiled in. */
export const cppFaults: readonly Fault[] = [
  {
    ...common,
    name: 'kill',
    title: faultTitles.kill,
    // Made for this, but left out of Envoy's own releases: most builds lack it.
    extensions: [
      'envoy.filters.http.kill_request',
      'envoy.extensions.filters.http.kill_request.v3.KillRequest',
    ],
    strike: { kind: 'request', headers: { 'x-envoy-kill-request': 'true' }, times: 1 },
  },
  {
    ...common,
    name: 'segv',
    title: faultTitles.segv,
    extensions: cpp.variants[0]?.extensions ?? [],
    strike: { kind: 'signal', name: 'SIGSEGV' },
  },
];
