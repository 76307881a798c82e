import { olderThan } from '../envoy/version.js';
import { linksOf, usesUpstream } from '../scenarios/scenario.js';
import type { CounterRule } from './counters.js';
import { prebuilt } from './prebuilt.js';
import { type Job, type Mechanism, type ServerSpec, type Support, supported, type Variant } from './types.js';

// 1.36 skips ext_proc on direct responses, which load is answered by; later versions have no such flag.
const flagsOf136 = { 'envoy.reloadable_features.skip_ext_proc_on_local_reply': false };

/** How bodies get to the server and back; the first message of each stream tells it which. */
interface BodyMode {
  readonly config: string;
  support(job: Job): Support;
  /** What Envoy counts beyond streams; empty where it depends on how the network cuts a body. */
  messages(job: Job): readonly CounterRule[];
}

const received = 'http.bench.ext_proc.stream_msgs_received';

// Envoy buffers the body and sends it at once. Where nothing may go on before it is known, the headers are sent first.
const buffered: BodyMode = {
  config: 'ext-proc',
  support: () => supported,
  messages: ({ scenario }) => {
    const headersToo = scenario.family === 'inspect' || scenario.family === 'model-routing' ? 1 : 0;
    return [{ grows: [received], perRequest: (scenario.phases.length + headersToo) * linksOf(scenario) }];
  },
};

const noBody = 'the job looks at no body, and without one ext_proc has no other mode: see ext-proc/rust';

// Each chunk goes on as soon as it is answered.
const streamed: BodyMode = {
  config: 'ext-proc-streamed',
  support: ({ scenario }) => only(whyNotStreamed(scenario)),
  messages: () => [],
};

// The server answers when it likes, with chunks of its own.
const duplex: BodyMode = {
  config: 'ext-proc-duplex',
  support: ({ scenario }) => only(usesUpstream(scenario) ? null : noBody),
  messages: () => [],
};

function only(reason: string | null): Support {
  return reason === null ? supported : { status: 'unsupported', reason };
}

function whyNotStreamed(scenario: Job['scenario']): string | null {
  if (!usesUpstream(scenario)) return noBody;
  switch (scenario.family) {
    case 'inspect':
      return 'in STREAMED mode each chunk goes on once it is answered: the upstream would get what is found to be forbidden';
    case 'model-routing':
      return 'in STREAMED mode the headers go on before the body is known, so no route can be chosen by it';
    case 'json-rewrite':
      return 'in STREAMED mode each chunk goes on once it is answered, and only the last one shows whether all is JSON';
    default:
      return null;
  }
}

// Node's HTTP/2 ends a connection after some 1,000 reset streams, and by default Envoy resets each that ext_proc is done with.
const flagsOfNode = { 'envoy.reloadable_features.ext_proc_graceful_grpc_close': true };

function answeredBy(
  program: string,
  id: string,
  transport: ServerSpec['transport'],
  mode: BodyMode,
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
    server: { protocol: 'ext-proc', transport, program },
    support: mode.support,
    artefacts: () => [],
    variables: ({ envoyVersion, link = 1 }) => ({
      runtime_flags: {
        ...(olderThan(envoyVersion, '1.37.0') && flagsOf136),
        ...(program === prebuilt.extServerNode && flagsOfNode),
      },
      // Metadata is text, even where it holds a number.
      link: String(link),
    }),
    env: () => ({}),
    counters: (job) => [
      { grows: ['http.bench.ext_proc.streams_started'], perRequest: linksOf(job.scenario) },
      ...mode.messages(job),
      { grows: ['ext_server.requests'], perRequest: linksOf(job.scenario) },
      { staysZero: ['http.bench.ext_proc.streams_failed', 'http.bench.ext_proc.message_timeouts'] },
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
    { ...answeredBy(prebuilt.extServerNode, 'ext-proc/typescript', 'tcp', buffered), aside: true },
  ],
};
