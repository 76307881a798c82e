import type { ArmIdentity } from '../../src/results/schema/index.js';
import type { Truth } from '../schedule/fake-executor.js';
import { bodies } from './made-run.js';

/** µs that a mechanism adds, and for each KiB of body: the world of the article, in its order. */
const added: readonly { readonly variants: readonly string[]; readonly us: number; readonly usPerKiB: number }[] = [
  { variants: ['cpp'], us: 1, usPerKiB: 0 },
  { variants: ['dynamic-module/rust'], us: 1.8, usPerKiB: 0 },
  { variants: ['lua'], us: 6, usPerKiB: 0.1 },
  { variants: ['wasm/rust'], us: 9, usPerKiB: 0.5 },
  { variants: ['ext-authz/rust-grpc', 'ext-authz/rust-grpc-uds'], us: 60, usPerKiB: 1 },
  { variants: ['ext-proc/rust', 'ext-proc/rust-uds'], us: 90, usPerKiB: 2 },
];

const baselineUs = 34;

function truthIn(world: typeof added): (arm: ArmIdentity) => Truth {
  return ({ variant, scenario }) => {
    const own = world.find(({ variants }) => variants.includes(variant));
    const kib = bodies.find(({ name }) => name === scenario)?.rung?.value ?? 0;
    const us = own ? own.us + own.usPerKiB * kib : 0;
    return variant.startsWith('ext-')
      ? { envoyUs: baselineUs + 0.7 * us, serverUs: 0.3 * us }
      : { envoyUs: baselineUs + us };
  };
}

/** As the article has it. */
export const articleTruth = truthIn(added);

/** The other way round: what it takes for the best is the worst. */
export const turnedTruth = truthIn(
  added.map(({ variants }, index) => {
    const { us, usPerKiB } = added[added.length - 1 - index]!;
    return { variants, us, usPerKiB };
  }),
);
