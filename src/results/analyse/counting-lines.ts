import type { Evidence } from '../schema/index.js';
import type { SliceTable } from '../slices/index.js';

/** What is kept of a run's lines. */
export interface KeptLines {
  readonly slices: SliceTable;
  readonly evidence: readonly Evidence[];
}

/** What says which try of which restart of an arm something is of. */
export interface Attempted {
  readonly arm: string;
  readonly restart: number | null;
  readonly attempt?: number | undefined;
}

/**
 * Those lines that count: without what a run that was cut off had of the restart that it was in, for that was driven again. What is
 * added to its slices may be missing in the given ones.
 */
export function countingLines({ slices, evidence }: KeptLines): KeptLines {
  const counts = countingBy(evidence);
  return {
    slices: slices.where(counts),
    evidence: evidence.filter((item) => item.kind !== 'abandoned' && counts(item)),
  };
}

/** Whether a line counts, by what the evidence of a run says. */
export function countingBy(evidence: readonly Evidence[]): (line: Attempted) => boolean {
  const abandoned = new Set(
    evidence.flatMap((item) =>
      item.kind === 'abandoned' ? [keyOf(item.arm, item.restart, item.ofAttempt)] : [],
    ),
  );
  return abandoned.size === 0 ? () => true : (line) => !abandoned.has(keyOfLine(line));
}

/** The lines of restarts up to this one, of every scenario. */
export function throughRestart({ slices, evidence }: KeptLines, restart: number): KeptLines {
  const isUntil = (line: Attempted) => (restartOf(line) ?? 0) <= restart;
  return { slices: slices.where(isUntil), evidence: evidence.filter(isUntil) };
}

/** Which try of which restart of an arm a line is of. */
export function keyOfLine(line: Attempted): string {
  return keyOf(line.arm, restartOf(line), line.attempt ?? 0);
}

/** The restart that a line was written in; null for what belongs to none. */
export function restartOf(line: Attempted | Evidence): number | null {
  // Once a run, which is when the first restart ends.
  return 'kind' in line && line.kind === 'above-limit' ? 0 : line.restart;
}

export function keyOf(arm: string, restart: number | null, attempt: number): string {
  return `${attempt} ${restart} ${arm}`;
}
