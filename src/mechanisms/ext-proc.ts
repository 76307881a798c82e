import { olderThan } from '../envoy/version.js';
import { linksOf } from '../scenarios/scenario.js';
import {
  buffered,
  duplex,
  headersOverHttp,
  observing,
  type ProcessingMode,
  streamed,
} from './ext-proc-modes.js';
import { servedByNode } from './languages.js';
import { prebuilt } from './prebuilt.js';
import type { Mechanism, ServerSpec, Variant } from './types.js';

// 1.36 skips ext_proc on direct responses, which load is answered by; later versions have no such flag.
const flagsOf136 = { 'envoy.reloadable_features.skip_ext_proc_on_local_reply': false };

// Node's HTTP/2 ends a connection after some 1,000 reset streams, and by default Envoy resets each that ext_proc is done with.
const flagsOfNode = { 'envoy.reloadable_features.ext_proc_graceful_grpc_close': true };

function answeredBy(
  program: string,
  id: string,
  transport: ServerSpec['transport'],
  mode: ProcessingMode,
): Variant {
  return {
    id,
    mechanism: 'ext-proc',
    class: 'external',
    config: mode.config,
    extensions: [
      'envoy.filters.http.ext_proc',
      'envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor',
    ],
    server: { protocol: mode.protocol, transport, program },
    support: mode.support,
    artefacts: () => [],
    variables: ({ envoyVersion }) => ({
      runtime_flags: {
        ...(olderThan(envoyVersion, '1.37.0') && flagsOf136),
        ...(program === prebuilt.extServerNode && flagsOfNode),
      },
    }),
    env: () => ({}),
    counters: (job) => [
      ...mode.counters(job),
      { grows: ['ext_server.requests'], perRequest: linksOf(job.scenario) },
      {
        staysZero: ['streams_failed', 'message_timeouts', 'http_not_ok_resp_received'].map(
          (name) => `http.bench.ext_proc.${name}`,
        ),
      },
    ],
  };
}

export const extProc: Mechanism = {
  name: 'ext-proc',
  title: 'ext_proc',
  variants: [
    answeredBy(prebuilt.extServer, 'ext-proc/rust', 'tcp', buffered),
    answeredBy(prebuilt.extServer, 'ext-proc/rust-uds', 'uds', buffered),
    answeredBy(prebuilt.extServer, 'ext-proc/rust-streamed', 'tcp', streamed),
    answeredBy(prebuilt.extServer, 'ext-proc/rust-duplex', 'tcp', duplex),
    answeredBy(prebuilt.extServer, 'ext-proc/rust-observe', 'tcp', observing),
    answeredBy(prebuilt.extServer, 'ext-proc/rust-http', 'tcp', headersOverHttp),
    { ...answeredBy(prebuilt.extServerNode, 'ext-proc/typescript', 'tcp', buffered), ...servedByNode },
  ],
};
