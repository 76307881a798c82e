import { prebuilt } from './prebuilt.js';
import { type Mechanism, type ServerSpec, supported, type Variant } from './types.js';

function rust(id: string, transport: ServerSpec['transport']): Variant {
  return {
    id,
    mechanism: 'ext-proc',
    class: 'external',
    config: 'ext-proc',
    server: { protocol: 'ext-proc', transport, program: prebuilt.extServer },
    support: () => supported,
    artefacts: () => [],
    variables: () => ({}),
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
