import { setTimeout as sleep } from 'node:timers/promises';
import { FilterbenchError } from '../errors.js';
import { takeFingerprint } from '../measure/fingerprint.js';
import { machineWarnings } from '../measure/gates.js';
import { allowedCores, choosePlacement } from '../measure/placement.js';
import { canPin } from '../runtime/launch-prefix.js';
import { type Check, type CheckContext, type Found, missing, type RuntimeKind } from './check.js';

/** What a check found, under its name. */
export interface Examined extends Found {
  readonly name: string;
  readonly neededBy: readonly RuntimeKind[];
}

/** What is meant to be run here. */
export type Wanted = Pick<CheckContext, 'envoy' | 'imageTemplate'>;

/** Far longer than any check takes on a machine that is busy: it ends what hangs. */
export const timeLimitMs = 30_000;

/** Carries out checks, all at once, each within a time limit. Never throws: what fails is told as missing. */
export async function examine(
  checks: readonly Check[],
  wanted: Wanted,
  limitMs = timeLimitMs,
): Promise<Examined[]> {
  const placement = choosePlacement(allowedCores(), await canPin());
  const fingerprint = takeFingerprint(placement, {});
  const warnings = machineWarnings(fingerprint, { external: true });
  const about = { ...wanted, placement, fingerprint, warnings };
  return Promise.all(
    checks.map(async (check): Promise<Examined> => {
      const { name, neededBy } = check;
      return { name, neededBy, ...(await inTime(check, about, limitMs)) };
    }),
  );
}

async function inTime(check: Check, about: Omit<CheckContext, 'signal'>, limitMs: number): Promise<Found> {
  const over = new AbortController();
  const done = new AbortController();
  const late = sleep(limitMs, null, { signal: done.signal }).then(() => {
    const found = missing(`no answer within ${limitMs / 1_000} s`, 'see what keeps it, and try again');
    over.abort();
    return found;
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([check.look({ ...about, signal: over.signal }), late]);
  } catch (error) {
    return notFound(error);
  } finally {
    done.abort();
  }
}

function notFound(error: unknown): Found {
  if (error instanceof FilterbenchError) return missing(error.message, error.next);
  const message = error instanceof Error ? error.message : String(error);
  return missing(message, 'see what the message says');
}

/** The ways in which `bench` can run here: those that nothing is missing for. */
export function canRun(examined: readonly Examined[]): RuntimeKind[] {
  const lacks = (kind: RuntimeKind) =>
    examined.some(({ status, neededBy }) => status === 'missing' && neededBy.includes(kind));
  return (['native', 'docker'] as const).filter((kind) => !lacks(kind));
}
