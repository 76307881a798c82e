import type { Evidence, Sample } from '../schema/index.js';

/** The slices of one arm under one load condition, by restart, in restart order. */
export type SlicesByRestart = ReadonlyMap<number, readonly Sample[]>;

/** Saturated closed loop, one connection, or an open loop at a rate. */
export type Condition = 'capacity' | 'unloaded' | `open ${number}`;

export interface SampleIndex {
  /** Measured slices. */
  of(arm: string, condition: Condition): SlicesByRestart;
  /** Warm-up slices at capacity. */
  warmUp(arm: string): SlicesByRestart;
  all(arm: string): readonly Sample[];
}

/**
 * Sorts samples by arm, load condition and restart. Only restarts whose counters agreed after load give numbers: in a restart
 * that was cut short nobody knows whether the filter ran.
 */
export function indexSamples(samples: Iterable<Sample>, evidence: readonly Evidence[]): SampleIndex {
  const proven = new Set(
    evidence
      .filter(({ kind, passed }) => kind === 'counters' && passed)
      .map(({ arm, restart }) => `${restart} ${arm}`),
  );
  const slices = new Map<string, Map<number, Sample[]>>();
  const whole = new Map<string, Sample[]>();
  for (const sample of samples) {
    push(whole, sample.arm, sample);
    if (!proven.has(`${sample.restart} ${sample.arm}`)) continue;
    const key = `${sample.purpose} ${conditionOf(sample)} ${sample.arm}`;
    const restarts = slices.get(key) ?? new Map<number, Sample[]>();
    slices.set(key, restarts);
    push(restarts, sample.restart, sample);
  }
  return {
    of: (arm, condition) => slices.get(`measure ${condition} ${arm}`) ?? new Map(),
    warmUp: (arm) => slices.get(`warm-up capacity ${arm}`) ?? new Map(),
    all: (arm) => whole.get(arm) ?? [],
  };
}

/** Evidence by arm. */
export function evidenceByArm(evidence: readonly Evidence[]): ReadonlyMap<string, readonly Evidence[]> {
  const arms = new Map<string, Evidence[]>();
  for (const item of evidence) push(arms, item.arm, item);
  return arms;
}

function conditionOf({ load }: Sample): Condition {
  if (load.loop === 'open') return `open ${load.rps}`;
  return load.connections === 1 ? 'unloaded' : 'capacity';
}

function push<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
