import type { Load } from './estimate.js';

/** Saturated closed loop, one connection, or an open loop at a rate. */
export type Condition = 'capacity' | 'unloaded' | `open ${number}`;

/** Which condition a load is. */
export function conditionOf(load: Load): Condition {
  if (load.loop === 'open') return `open ${load.rps}`;
  return load.connections === 1 ? 'unloaded' : 'capacity';
}
