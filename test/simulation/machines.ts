import type { SliceSpec } from '../../src/schedule/executor.js';
import { seededRandom } from '../../src/schedule/random.js';

/** A machine with a disturbance of its own, as long as one run; time goes by with every slice. */
export interface SimulatedMachine {
  /** What a request costs in the next slice, in µs, to an arm whose truth is `trueUs`. */
  costUs(spec: Pick<SliceSpec, 'arm' | 'restart'>, trueUs: number): number;
  /** How much slower than at its best the machine was, for a mean request of the run. */
  slowness(): number;
}

export const machineKinds = ['drift', 'bursts', 'bimodal restarts', 'step change'] as const;
export type MachineKind = (typeof machineKinds)[number];

// What two shared cores showed: slices differ by 15 %, layouts by some tenths of a µs.
const sliceSd = 0.15;
const layoutSdUs = 0.4;
const modesUs = [-1.5, 1.5] as const;

/**
 * A machine for a run of `slices` slices; the same seed gives the same machine.
 * - drift: up to a quarter slower and back, once or less within the run
 * - bursts: a tenth of the time half as slow again, some slices at a stretch
 * - bimodal restarts: a layout costs 1.5 µs more or less, for no reason that anyone sees
 * - step change: from some moment on a fifth slower, for good
 */
export function simulatedMachine(kind: MachineKind, seed: number, slices: number): SimulatedMachine {
  const random = seededRandom(seed, kind);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const slownessAt = disturbance(kind, random, slices);
  const layouts = new Map<string, number>();
  let at = 0;
  let speeds = 0;
  return {
    costUs({ arm, restart }, trueUs) {
      const layout = `${arm} ${restart}`;
      const mode = kind === 'bimodal restarts' ? (modesUs[random() < 0.5 ? 0 : 1] ?? 0) : 0;
      const shiftUs = layouts.get(layout) ?? normal() * layoutSdUs + mode;
      layouts.set(layout, shiftUs);
      const slowness = slownessAt(at);
      at += 1;
      speeds += 1 / slowness;
      return (trueUs + shiftUs) * slowness * Math.exp(normal() * sliceSd);
    },
    slowness: () => at / speeds,
  };
}

function disturbance(kind: MachineKind, random: () => number, slices: number): (at: number) => number {
  switch (kind) {
    case 'drift': {
      const [period, phase] = [slices * (1 + 2 * random()), 2 * Math.PI * random()];
      return (at) => 1.125 + 0.125 * Math.sin((2 * Math.PI * at) / period + phase);
    }
    case 'bursts': {
      let isSlow = false;
      return () => {
        isSlow = random() < (isSlow ? 0.9 : 0.011);
        return isSlow ? 1.5 : 1;
      };
    }
    case 'step change': {
      const step = slices * (0.1 + 0.8 * random());
      return (at) => (at < step ? 1 : 1.2);
    }
    case 'bimodal restarts':
      return () => 1;
  }
}
