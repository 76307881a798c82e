/** How long each part of an injection takes. */
export interface FaultTimes {
  /** Of load before the fault. */
  readonly leadMs: number;
  /** From the fault until a server is set right again. */
  readonly liftMs: number;
  /** From the fault until load ends; shorter where Envoy dies. */
  readonly watchMs: number;
}

export const usualTimes: FaultTimes = { leadMs: 1_000, liftMs: 2_500, watchMs: 6_000 };

/**
 * The load that runs all the while. It is modest on purpose: what is looked for is who is served at all.
 */
export const steady = {
  rps: 128,
  workers: 2,
  filterConnections: 6,
  neighbourConnections: 2,
  timeoutMs: 3_000,
} as const;
