import { runClosedLoopSlice } from '../closed-loop.js';
import type { GeneratorReply, GeneratorRequest } from './protocol.js';

// The generator's process: it drives one slice at a time, and ends with the orchestrator.
process.on('disconnect', () => process.exit());
// Ctrl-C in a terminal reaches the whole group; the orchestrator decides when we end.
process.on('SIGINT', () => undefined);

process.on('message', ({ id, slice }: GeneratorRequest) => {
  runClosedLoopSlice(slice)
    .then((outcome): GeneratorReply => ({ id, outcome }))
    .catch((error: unknown): GeneratorReply => ({ id, error: String(error) }))
    .then((reply) => process.send?.(reply));
});

process.send?.('ready');
