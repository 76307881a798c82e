import type { HotFunction, PlaceShare, ProcessProfile } from './result.js';
import type { ProcessSamples } from './stacks.js';

/** What a process used while it was sampled, a request. */
export interface ProcessUse {
  readonly process: ProcessProfile['process'];
  readonly cpuUs: number;
  readonly switches: ProcessProfile['switches'];
  readonly syscalls: ProcessProfile['syscalls'];
}

const hottestFunctions = 25;

/**
 * Turns samples into CPU per request: each place has its share of what the process used.
 * @param baseline the same Envoy without a filter; null where there is nothing to take away
 */
export function processProfile(
  { samples, places, functions, underFilter }: ProcessSamples,
  use: ProcessUse,
  baseline: ProcessProfile | null,
): ProcessProfile {
  const usOf = (count: number) => (samples === 0 ? 0 : (count / samples) * use.cpuUs);
  const before = new Map(baseline?.places.map(({ place, us }) => [place, us]));
  // A place that the baseline alone has is one that the filter saves.
  const names = [...new Set([...places.keys(), ...before.keys()])];
  const rows = names.map((place): PlaceShare => {
    const count = places.get(place) ?? 0;
    const us = usOf(count);
    return {
      place,
      samples: count,
      share: samples === 0 ? 0 : count / samples,
      us,
      overBaselineUs: baseline === null ? null : us - (before.get(place) ?? 0),
    };
  });
  return {
    ...use,
    samples,
    places: rows.sort((a, b) => b.samples - a.samples),
    underFilterUs: use.process === 'envoy' ? usOf(underFilter) : null,
    hottest: [...functions]
      .map(([name, count]): HotFunction => ({ name, samples: count, us: usOf(count) }))
      .sort((a, b) => b.samples - a.samples)
      .slice(0, hottestFunctions),
  };
}
