import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInputError } from '../errors.js';
import type { CounterRule, Variant } from '../mechanisms/index.js';
import { variants } from '../mechanisms/index.js';
import { packagePaths } from '../paths.js';
import type { Injection } from '../results/schema/index.js';
import type { Scenario } from '../scenarios/load.js';
import { type ProofTarget, receivedUpstream } from '../scenarios/prove.js';
import { fillTemplate } from '../template.js';

/** A variant that does nothing but what is injected. */
export interface InjectedVariant extends Variant {
  readonly injection: Injection;
}

// Injected CPU, in µs: nothing, and from less than any filter costs to more than an external server does.
const cpuUs = [0, 2, 5, 20, 100] as const;
const loops = [0, 500, 1_000, 2_000, 4_000] as const;
// Long enough that a timer's millisecond is no large part of it.
const sleepUs = [0, 5_000] as const;

/** The request header by which the dynamic module is asked for its totals, and which it answers in. */
const totalsHeader = 'x-filterbench-burned';

/** One way of injecting: which variant of a mechanism does it, what it injects, and how its truth is read. */
interface Injector {
  readonly base: string;
  readonly kind: Injection['kind'];
  readonly amounts: readonly number[];
}

const injectors: readonly Injector[] = [
  { base: 'dynamic-module/rust', kind: 'cpu', amounts: cpuUs },
  { base: 'ext-proc/rust', kind: 'cpu', amounts: cpuUs },
  { base: 'ext-proc/rust', kind: 'sleep', amounts: sleepUs },
  { base: 'wasm/rust', kind: 'loops', amounts: loops },
  { base: 'lua', kind: 'loops', amounts: loops },
];

/** Mechanisms that can be calibrated; the first two give a truth, the others only show whether cost follows work. */
export const calibratedMechanisms = ['dynamic-module', 'ext-proc', 'wasm', 'lua'] as const;

/**
 * The variants that a calibration drives.
 * @throws BadInputError for a mechanism that cannot inject.
 */
export function injectedVariants(mechanisms: readonly string[]): InjectedVariant[] {
  const unknown = mechanisms.find((name) => !calibratedMechanisms.some((known) => known === name));
  if (unknown !== undefined) {
    throw new BadInputError(
      `"${unknown}" cannot inject a known cost`,
      `choose among ${calibratedMechanisms.join(', ')}`,
    );
  }
  return injectors.flatMap(({ base, kind, amounts }) => {
    const variant = variants.find(({ id }) => id === base);
    if (!variant || !mechanisms.includes(variant.mechanism)) return [];
    return amounts.map((amount) => injected(variant, { kind, amount }));
  });
}

function injected(base: Variant, injection: Injection): InjectedVariant {
  const { kind, amount } = injection;
  const unit = kind === 'loops' ? 'loops' : 'us';
  return {
    ...base,
    id: `${base.id}/${kind}-${amount}${kind === 'loops' ? '' : unit}`,
    injection,
    job: jobOf(injection),
    ...(base.mechanism === 'lua' && { variables: () => ({ script: luaScript(amount) }) }),
    ...(base.mechanism === 'dynamic-module' && { ownCounters: moduleTotals }),
    counters: (job) => [...base.counters(job), ...truthRules(base)],
  };
}

function jobOf({ kind, amount }: Injection): Scenario['job'] {
  if (kind === 'loops') return { job: 'calibrate', loops: amount };
  return { job: 'calibrate', [kind === 'cpu' ? 'cpuNs' : 'sleepNs']: amount * 1_000 };
}

// Where a truth is told, the filter must have been called for every request.
function truthRules({ class: kind }: Variant): CounterRule[] {
  return kind === 'external' ? [{ grows: ['ext_server.burns'], perRequest: 1 }] : [];
}

const moduleTotals = async (target: ProofTarget) => {
  const headers = await receivedUpstream(target, { [totalsHeader]: 'tell' });
  const [burnedNs = Number.NaN, burns = Number.NaN] = (headers[totalsHeader] ?? '').split(' ').map(Number);
  return { 'calibration.burnedNs': burnedNs, 'calibration.burns': burns };
};

function luaScript(count: number): string {
  const text = readFileSync(join(packagePaths.filters, 'lua', 'calibrate.lua'), 'utf8');
  return String(fillTemplate(text, { loops: count }));
}
