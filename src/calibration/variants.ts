import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInputError } from '../errors.js';
import type { CounterRule, ServerSpec, Variant } from '../mechanisms/index.js';
import { variants } from '../mechanisms/index.js';
import { prebuilt } from '../mechanisms/prebuilt.js';
import { packagePaths } from '../paths.js';
import type { Injection } from '../results/schema/index.js';
import type { Scenario } from '../scenarios/load.js';
import { type ProofTarget, receivedUpstream } from '../scenarios/prove.js';
import { suggest } from '../suggest.js';
import { fillTemplate } from '../template.js';

/** A variant that does nothing but what is injected. */
export interface InjectedVariant extends Variant {
  readonly injection: Injection;
}

// Injected CPU, in µs: nothing, and from less than any filter costs to more than an external server does.
const cpuUs = [0, 2, 5, 20, 100] as const;
// The same where filter and helper hold the core equally long. Longer than the injection needs would only add noise: caches that cool
// make the rest of a request dearer, and its noise with it.
const heldCpuUs = [
  { heldUs: 5, amounts: [0, 2, 5] },
  { heldUs: 20, amounts: [0, 20] },
  { heldUs: 100, amounts: [0, 100] },
] as const;
const aloneUs = [0, 100] as const;
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
  /** What filter and helper burn together in each request. */
  readonly heldUs?: number;
}

const injectors: readonly Injector[] = [
  ...heldCpuUs.map((held): Injector => ({ base: 'dynamic-module/rust', kind: 'cpu', ...held })),
  { base: 'dynamic-module/rust', kind: 'cpu-alone', amounts: aloneUs },
  { base: 'ext-proc/rust', kind: 'cpu', amounts: cpuUs },
  { base: 'ext-proc/rust', kind: 'sleep', amounts: sleepUs },
  { base: 'wasm/rust', kind: 'loops', amounts: loops },
  { base: 'lua', kind: 'loops', amounts: loops },
];

/** Mechanisms that can be calibrated; the first two give a truth, the others only show whether cost follows work. */
export const calibratedMechanisms = ['dynamic-module', 'ext-proc', 'wasm', 'lua'] as const;

/**
 * The variants that a calibration drives.
 * @param alone whether to inject also without a helper, which shows what work costs beside itself
 * @throws BadInputError for a mechanism that cannot inject.
 */
export function injectedVariants(mechanisms: readonly string[], alone: boolean): InjectedVariant[] {
  const unknown = mechanisms.find((name) => !calibratedMechanisms.some((known) => known === name));
  if (unknown !== undefined) {
    throw new BadInputError(
      `"${unknown}" cannot inject a known cost${suggest(unknown, calibratedMechanisms)}`,
      `choose among ${calibratedMechanisms.join(', ')}`,
    );
  }
  return injectors.flatMap(({ base, amounts, ...injector }) => {
    const variant = variants.find(({ id }) => id === base);
    if (!variant || !mechanisms.includes(variant.mechanism)) return [];
    if (injector.kind === 'cpu-alone' && !alone) return [];
    return amounts.map((amount) => injected(variant, { ...injector, amount }));
  });
}

/**
 * A variant under a name of its own that burns some CPU in each request, and has no helper: it costs that and a little more, for
 * whatever follows finds colder caches.
 */
export function burningVariant(id: string, burnedUs: number): InjectedVariant {
  const base = variants.find((variant) => variant.id === 'dynamic-module/rust');
  if (base === undefined) throw new TypeError('the dynamic module in Rust is a variant');
  return { ...injected(base, { kind: 'cpu-alone', amount: burnedUs }), id };
}

function injected(base: Variant, injection: Injection): InjectedVariant {
  const { kind, amount, heldUs } = injection;
  return {
    ...base,
    id: `${base.id}/${kind}-${amount}${kind === 'loops' ? '' : 'us'}${heldUs === undefined ? '' : `-of-${heldUs}us`}`,
    injection,
    job: jobOf(injection),
    ...(base.mechanism === 'lua' && { variables: () => ({ script: luaScript(amount) }) }),
    ...(base.mechanism === 'dynamic-module' && { ownCounters: moduleTotals }),
    ...(heldUs !== undefined && { server: helper }),
    counters: (job) => [...base.counters(job), ...truthRules(base, injection)],
  };
}

// Burns what the filter does not, on Envoy's core: so every request holds the core equally long, and finds the caches equally cold.
const helper: ServerSpec = { protocol: 'helper', transport: 'uds', program: prebuilt.extServer };

function jobOf({ kind, amount, heldUs }: Injection): Scenario['job'] {
  if (kind === 'loops') return { job: 'calibrate', loops: amount };
  if (kind === 'sleep') return { job: 'calibrate', sleepNs: amount * 1_000 };
  return {
    job: 'calibrate',
    cpuNs: amount * 1_000,
    ...(heldUs !== undefined && { helperNs: (heldUs - amount) * 1_000 }),
  };
}

// Where a truth is told, the filter must have been called for every request.
function truthRules(base: Variant, injection: Injection): CounterRule[] {
  if (injection.heldUs !== undefined) return [{ grows: ['ext_server.requests'], perRequest: 1 }];
  return base.class === 'external' ? [{ grows: ['ext_server.burns'], perRequest: 1 }] : [];
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
