import { performance } from 'node:perf_hooks';
import { runClosedLoopSlice } from '../closed-loop.js';
import { runOpenLoopSlice } from '../open-loop/slice-runner.js';
import type { SliceOutcome } from '../slice.js';
import { runSocketLoopSlice } from '../socket-loop.js';
import type { GeneratorReply, GeneratorRequest } from './protocol.js';

// A process of the generator: it drives one slice at a time, and ends with the orchestrator.
process.on('disconnect', () => process.exit());
// Ctrl-C in a terminal reaches the whole group; the orchestrator decides when we end.
process.on('SIGINT', () => undefined);

let start: (atNs: number | null) => void = () => undefined;

/** Says that all is ready, and waits for the instant that all processes share. */
function sharedStart(id: number): Promise<number> {
  return new Promise((resolve, reject) => {
    start = (atNs) => {
      if (atNs === null) reject(new Error('another process of the generator failed'));
      else resolve(performance.now() + (atNs - Number(process.hrtime.bigint())) / 1e6);
    };
    reply({ id, isReady: true });
  });
}

function drive({ id, slice, share }: Extract<GeneratorRequest, { slice: unknown }>): Promise<SliceOutcome> {
  if (slice.loop === 'open') return runOpenLoopSlice(slice, share, () => sharedStart(id));
  return slice.client === 'autocannon' ? runClosedLoopSlice(slice) : runSocketLoopSlice(slice);
}

function reply(message: GeneratorReply): void {
  process.send?.(message);
}

process.on('message', (request: GeneratorRequest) => {
  if ('startAtNs' in request) return start(request.startAtNs);
  const { id } = request;
  drive(request)
    .then((outcome): GeneratorReply => ({ id, outcome }))
    .catch((error: unknown): GeneratorReply => ({ id, error: String(error) }))
    .then(reply);
});

process.send?.('ready');
