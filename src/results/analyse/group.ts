import type { Sample } from '../schema/index.js';

/** The slices of one arm under one load condition, by restart, in restart order. */
export type SlicesByRestart = ReadonlyMap<number, readonly Sample[]>;

/** Saturated closed loop, or one connection. */
export type Condition = 'capacity' | 'unloaded';

export interface SampleIndex {
  of(arm: string, condition: Condition): SlicesByRestart;
  all(arm: string): readonly Sample[];
}

/** Sorts samples by arm, load condition and restart; slices whose window saw no answer carry no cost and are left out. */
export function indexSamples(samples: Iterable<Sample>): SampleIndex {
  const slices = new Map<string, Map<number, Sample[]>>();
  const whole = new Map<string, Sample[]>();
  for (const sample of samples) {
    push(whole, sample.arm, sample);
    if (sample.requests === 0) continue;
    const key = `${conditionOf(sample)} ${sample.arm}`;
    const restarts = slices.get(key) ?? new Map<number, Sample[]>();
    slices.set(key, restarts);
    push(restarts, sample.restart, sample);
  }
  return {
    of: (arm, condition) => slices.get(`${condition} ${arm}`) ?? new Map(),
    all: (arm) => whole.get(arm) ?? [],
  };
}

function conditionOf({ load }: Sample): Condition {
  return load.loop === 'closed' && load.connections === 1 ? 'unloaded' : 'capacity';
}

function push<K>(map: Map<K, Sample[]>, key: K, sample: Sample): void {
  const list = map.get(key);
  if (list) list.push(sample);
  else map.set(key, [sample]);
}
