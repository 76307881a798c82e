import type { Fingerprint, Placement, Warning } from '../results/schema/index.js';

/** Where `bench` can run Envoys. */
export type RuntimeKind = 'native' | 'docker';

/** What is looked at, and for what. */
export interface CheckContext {
  /** The Envoy that is meant: a version or a path. */
  readonly envoy: string;
  /** As the image template has it. */
  readonly imageTemplate: string;
  readonly placement: Placement;
  readonly fingerprint: Fingerprint;
  /** What a run would be warned of on this machine. */
  readonly warnings: readonly Warning[];
  /** Fires when the check's time is over. */
  readonly signal: AbortSignal;
}

/** What a check found. */
export interface Found {
  /** `warn`: it works, with worse numbers or later trouble. `missing`: it does not work. */
  readonly status: 'ok' | 'warn' | 'missing';
  /** What it means. */
  readonly message: string;
  /** What to do; null where there is nothing to do. */
  readonly next: string | null;
}

/** One thing of the machine. It starts nothing that outlives it, downloads nothing and changes nothing. */
export interface Check {
  readonly name: string;
  /** What cannot run where it is missing; empty for what `bench` does without. */
  readonly neededBy: readonly RuntimeKind[];
  /** @throws anything: what is thrown is told as missing. */
  look(context: CheckContext): Promise<Found>;
}

/** All is well. */
export function ok(message: string): Found {
  return { status: 'ok', message, next: null };
}

/** It works, but. */
export function warn(message: string, next: string | null): Found {
  return { status: 'warn', message, next };
}

/** It is not there, or does not work. */
export function missing(message: string, next: string): Found {
  return { status: 'missing', message, next };
}

/** What a run's own warnings say with one of these codes; all is well where none has. */
export function fromWarnings(
  { warnings }: Pick<CheckContext, 'warnings'>,
  codes: readonly string[],
  otherwise: string,
): Found {
  const said = warnings.filter(({ code }) => codes.includes(code));
  if (said.length === 0) return ok(otherwise);
  const next = [...new Set(said.map((each) => each.next))].join('; ');
  return warn(said.map(({ message }) => message).join('; '), next);
}
