import { olderThan } from '../envoy/version.js';
import { prebuilt } from './prebuilt.js';
import { type Mechanism, type ServerSpec, supported, type Variant } from './types.js';

// 1.36 skips ext_proc on direct responses, which load is answered by; later versions have no such flag.
const flagsOf136 = { 'envoy.reloadable_features.skip_ext_proc_on_local_reply': false };

function rust(id: string, transport: ServerSpec['transport']): Variant {
  return {
    id,
    mechanism: 'ext-proc',
    class: 'external',
    config: 'ext-proc',
    extensions: [
      'envoy.filters.http.ext_proc',
      'envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor',
    ],
    server: { protocol: 'ext-proc', transport, program: prebuilt.extServer },
    support: () => supported,
    artefacts: () => [],
    variables: ({ envoyVersion }) => ({ runtime_flags: olderThan(envoyVersion, '1.37.0') ? flagsOf136 : {} }),
    env: () => ({}),
    counters: ({ scenario }) => [
      { grows: ['http.bench.ext_proc.streams_started'], perRequest: 1 },
      { grows: ['http.bench.ext_proc.stream_msgs_received'], perRequest: scenario.phases.length },
      { grows: ['ext_server.requests'], perRequest: 1 },
      { staysZero: ['http.bench.ext_proc.streams_failed', 'http.bench.ext_proc.message_timeouts'] },
    ],
  };
}

export const extProc: Mechanism = {
  name: 'ext-proc',
  title: 'ext_proc',
  variants: [rust('ext-proc/rust', 'tcp'), rust('ext-proc/rust-uds', 'uds')],
};
