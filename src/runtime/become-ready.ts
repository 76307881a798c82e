import { FailedError } from '../errors.js';
import { lastLines } from './log-tail.js';
import { waitUntilReady } from './ready.js';
import type { ExitInfo, TcpAddress, WorkloadSpec } from './types.js';

/** A workload that did not get ready; nothing of it is left. */
export class NotReadyError extends FailedError {
  readonly role: WorkloadSpec['role'];
  /** How it ended by itself; null where it lived, but was not ready in time. */
  readonly exit: ExitInfo | null;
  /** The end of what it printed. */
  readonly log: string;

  constructor({ name, role, ready }: WorkloadSpec, exit: ExitInfo | null, log: string) {
    const what =
      exit === null
        ? `was not ready after ${ready.timeoutMs} ms`
        : `ended at once (code ${exit.code}, signal ${exit.signal})`;
    super(`${name} ${what}:\n${lastLines(log, 6)}`, 'its last lines say why');
    this.role = role;
    this.exit = exit;
    this.log = log;
  }
}

/** What readiness is judged by. */
export interface Starting {
  readonly exited: Promise<ExitInfo>;
  address(port: string): TcpAddress;
  logTail(): string;
}

/**
 * Waits until a started workload answers its readiness probe.
 * @throws NotReadyError with its last log lines where it ends, or is not ready in time.
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
  throw new NotReadyError(spec, outcome === false ? null : outcome.exit, starting.logTail());
}
