import { type ConfigFragment, fragmentSchema, readFragment } from '../../envoy/config.js';
import type { Inside } from '../../runtime/types.js';
import { fillTemplate, type Variables } from '../../template.js';
import type { Place } from '../place.js';
import type { SwapRequest } from './load.js';

/** One change of the listener. */
export interface SwapStep {
  /** Such as `dynamic-module/code`. */
  readonly probe: string;
  readonly way: 'listener' | 'same-path';
  /** The version that is to serve afterwards. */
  readonly to: string;
  filters(inside: Inside): readonly unknown[];
  /** How much longer it is looked at, where old connections live on. */
  readonly observeMs?: number;
  /** Files that change just before the listener does. */
  before?(): Promise<void>;
}

/** How Envoy gets rid of a listener's old connections. */
export interface Drain {
  /** They are cut then: `--drain-time-s`, whole seconds. */
  readonly cutMs: number;
  /** Clients are told to leave by an answer: the first one, or more and more likely until the cut (`--drain-strategy`). */
  readonly strategy: 'gradual' | 'immediate';
}

/** Envoy's own. */
export const envoysDrain: Drain = { cutMs: 600_000, strategy: 'gradual' };
/** With less waiting: who is told at once is gone at once. */
export const briskDrain: Drain = { ...envoysDrain, strategy: 'immediate' };

/** What one Envoy goes through. */
export interface SwapScript {
  readonly first: { readonly version: string; filters(inside: Inside): readonly unknown[] };
  readonly steps: readonly SwapStep[];
  readonly clusters: readonly unknown[];
  readonly env: Readonly<Record<string, string>>;
  readonly request: SwapRequest;
  readonly drain?: Drain;
}

/** A series of swaps in one Envoy, under one load. */
export interface SwapSeries {
  readonly id: string;
  readonly claims: readonly string[];
  readonly question: string;
  prepare(place: Place): Promise<SwapScript>;
}

export const dynamicLoad = 'cap-dynamic-load';
export const getRequest: SwapRequest = { method: 'GET', headers: {} };
export const noFilters = (): readonly unknown[] => [];

/** Fills a fragment of envoy-configs/probes. */
export async function fillerOf(name: string): Promise<(variables: Variables) => ConfigFragment> {
  const fragment = await readFragment('probes', name);
  return (variables) => fragmentSchema.parse(fillTemplate(fragment, variables));
}
