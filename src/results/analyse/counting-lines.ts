import type { Evidence, Sample } from '../schema/index.js';

/** Lines of a run. */
export interface Lines {
  readonly samples: readonly Sample[];
  readonly evidence: readonly Evidence[];
}

/** Those lines that count: without what a run that was cut off had of the restart that it was in, for that was driven again. */
export function countingLines({ samples, evidence }: Lines): Lines {
  const abandoned = new Set(
    evidence.flatMap((item) =>
      item.kind === 'abandoned' ? [keyOf(item.arm, item.restart, item.ofAttempt)] : [],
    ),
  );
  if (abandoned.size === 0) return { samples, evidence };
  const counts = (line: Sample | Evidence) => !abandoned.has(keyOfLine(line));
  return {
    samples: samples.filter(counts),
    evidence: evidence.filter((item) => item.kind !== 'abandoned' && counts(item)),
  };
}

/** The lines of restarts up to this one, of every scenario. */
export function throughRestart({ samples, evidence }: Lines, restart: number): Lines {
  const isUntil = (line: Sample | Evidence) => (restartOf(line) ?? 0) <= restart;
  return { samples: samples.filter(isUntil), evidence: evidence.filter(isUntil) };
}

/** Which try of which restart of an arm a line is of. */
export function keyOfLine(line: Sample | Evidence): string {
  return keyOf(line.arm, restartOf(line), line.attempt ?? 0);
}

/** The restart that a line was written in; null for what belongs to none. */
export function restartOf(line: Sample | Evidence): number | null {
  // Once a run, which is when the first restart ends.
  return 'kind' in line && line.kind === 'above-limit' ? 0 : line.restart;
}

export function keyOf(arm: string, restart: number | null, attempt: number): string {
  return `${attempt} ${restart} ${arm}`;
}
