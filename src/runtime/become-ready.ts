import { FailedError } from '../errors.js';
import { lastLines } from './log-tail.js';
import { waitUntilReady } from './ready.js';
import type { ExitInfo, TcpAddress, WorkloadSpec } from './types.js';

/** What readiness is judged by. */
export interface Starting {
  readonly exited: Promise<ExitInfo>;
  address(port: string): TcpAddress;
  logTail(): string;
}

/**
 * Waits until a started workload answers its readiness probe.
 * @throws FailedError with its last log lines where it ends, or is not ready in time.
 */
export async function becomeReady(
  spec: WorkloadSpec,
  starting: Starting,
  signal: AbortSignal,
): Promise<void> {
  const giveUp = new AbortController();
  const ended = starting.exited.then((exit) => ({ exit }));
  const ready = waitUntilReady(
    starting.address(spec.ready.port),
    spec.ready,
    AbortSignal.any([signal, giveUp.signal]),
  );
  // Where it ended first, nobody else looks at this rejection.
  ready.catch(() => undefined);
  const outcome = await Promise.race([ready, ended]);
  giveUp.abort();
  if (outcome === true) return;
  const what =
    outcome === false
      ? `was not ready after ${spec.ready.timeoutMs} ms`
      : `ended at once (code ${outcome.exit.code}, signal ${outcome.exit.signal})`;
  throw new FailedError(
    `${spec.name} ${what}:\n${lastLines(starting.logTail(), 6)}`,
    'its last lines say why',
  );
}
