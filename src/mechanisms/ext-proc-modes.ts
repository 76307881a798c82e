import { linksOf, type Scenario, usesUpstream } from '../scenarios/scenario.js';
import type { CounterRule } from './counters.js';
import { type Job, type ServerSpec, type Support, supported } from './types.js';

/** How Envoy and its processor talk with each other. */
export interface ProcessingMode {
  readonly config: string;
  readonly protocol: ServerSpec['protocol'];
  support(job: Job): Support;
  /** What they count while they do, besides the requests. */
  counters(job: Job): readonly CounterRule[];
}

const streamsStarted = ({ scenario }: Job): CounterRule => ({
  grows: ['http.bench.ext_proc.streams_started'],
  perRequest: linksOf(scenario),
});

const messagesReceived = 'http.bench.ext_proc.stream_msgs_received';

/** Envoy buffers the body and sends it at once. Where the body decides on the headers, they are sent first, and wait. */
export const buffered: ProcessingMode = {
  config: 'ext-proc',
  protocol: 'ext-proc',
  support: () => supported,
  counters: (job) => {
    const { phases, headersWait } = job.scenario;
    const perLink = phases.length + (headersWait ? 1 : 0);
    return [streamsStarted(job), { grows: [messagesReceived], perRequest: perLink * linksOf(job.scenario) }];
  },
};

const noBody = 'the job looks at no body, and without one ext_proc has no other mode: see ext-proc/rust';

/** Each chunk goes on as soon as it is answered; how many there are depends on how the network cuts a body. */
export const streamed: ProcessingMode = {
  config: 'ext-proc-streamed',
  protocol: 'ext-proc',
  support: ({ scenario }) => only(whyNotStreamed(scenario)),
  counters: (job) => [streamsStarted(job)],
};

/** The server answers when it likes, with chunks of its own. */
export const duplex: ProcessingMode = {
  config: 'ext-proc-duplex',
  protocol: 'ext-proc',
  support: ({ scenario }) => only(usesUpstream(scenario) ? null : noBody),
  counters: (job) => [streamsStarted(job)],
};

/** Envoy sends and goes on, and takes no answer. That the server got every message is all that shows it. */
export const observing: ProcessingMode = {
  config: 'ext-proc-observe',
  protocol: 'ext-proc',
  support: ({ scenario }) =>
    only(
      scenario.job.job === 'noop'
        ? null
        : 'in observability mode Envoy goes on without an answer, so nothing can be changed or refused',
    ),
  counters: (job) => [
    streamsStarted(job),
    {
      grows: ['http.bench.ext_proc.stream_msgs_sent'],
      perRequest: job.scenario.phases.length * linksOf(job.scenario),
    },
    { grows: ['ext_server.requestHeaders'], perRequest: linksOf(job.scenario) },
    { grows: ['ext_server.responseHeaders'], perRequest: linksOf(job.scenario) },
    { staysZero: [messagesReceived] },
  ],
};

/** A POST of JSON for every phase; there is no stream. */
export const headersOverHttp: ProcessingMode = {
  config: 'ext-proc-http',
  protocol: 'ext-proc-http',
  support: ({ scenario }) => {
    if (usesUpstream(scenario))
      return only("ext_proc's http_service sends headers only, and the job looks at bodies");
    return scenario.phases.includes('response') ? lostAnswers : supported;
  },
  counters: ({ scenario }) => [
    { grows: [messagesReceived], perRequest: scenario.phases.length * linksOf(scenario) },
  ],
};

// A direct response is made while Envoy is still busy with the answer to the request, and then it forgets who waits for the
// next one. Seen on each version from 1.36.4 to 1.40.0.
const lostAnswers: Support = {
  status: 'unsupported',
  reason:
    'on direct responses, which answer the load of this scenario, Envoy loses what http_service says to the response headers, ' +
    'and waits for it until message_timeout',
};

function only(reason: string | null): Support {
  return reason === null ? supported : { status: 'unsupported', reason };
}

function whyNotStreamed(scenario: Scenario): string | null {
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
