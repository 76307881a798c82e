import type { Run } from '../../../src/results/schema/index.js';
import type { StoredRun } from '../../../src/results/store/index.js';
import { headers, type MadeRun, madeStoredRun } from '../../claims/made-run.js';

/** µs that each variant adds to a request of 34. */
const addedUs: Readonly<Record<string, number>> = {
  baseline: 0,
  'dynamic-module/rust': 3,
  lua: 8,
  'wasm/rust': 8,
  'ext-authz/rust-grpc': 55,
  'ext-proc/rust-uds': 63,
};
export const comparedVariants = Object.keys(addedUs).filter((variant) => variant !== 'baseline');
const baselineUs = 34;

/** What is special about a made-up run. */
export interface Special extends Partial<Omit<MadeRun, 'truth'>> {
  /** How much slower the machine is, for all arms alike; 1 where it is not. */
  readonly slowness?: number;
  /** µs that every request costs more there, whatever the arm. */
  readonly shiftUs?: number;
  /** µs of CPU more, or less, by variant. */
  readonly moreUs?: Readonly<Record<string, number>>;
  readonly about?: Partial<Run>;
}

/**
 * A run with noise like that of two shared cores: an overhead's values of 12 restarts differ by 1 µs (sd), √2·√(0.5² + 0.7²/2 rounds).
 */
export async function noisyRun(seed: number, special: Special = {}): Promise<StoredRun> {
  const { slowness = 1, shiftUs = 0, moreUs = {}, about = {}, fake, ...made } = special;
  const stored = await madeStoredRun({
    scenarios: [headers],
    variants: comparedVariants,
    rates: [],
    ...made,
    fake: { seed, restartSdUs: 0.5, sliceSdUs: 0.7, ...fake },
    truth: ({ variant }) => {
      const ownUs = (addedUs[variant] ?? 0) + (moreUs[variant] ?? 0);
      return variant.startsWith('ext-')
        ? { envoyUs: shiftUs + slowness * (baselineUs + 0.7 * ownUs), serverUs: slowness * 0.3 * ownUs }
        : { envoyUs: shiftUs + slowness * (baselineUs + ownUs) };
    },
  });
  return { ...stored, run: { ...stored.run, id: `made-${seed}`, ...about } };
}
