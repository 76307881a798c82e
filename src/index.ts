/** The public surface: reading and judging stored runs, and the boundaries that others can implement. */
export type { ClaimData, Observation } from './claims/data.js';
export { judgeClaims } from './claims/judge.js';
export { type Claims, loadClaims, selectClaims } from './claims/load.js';
export type { Claim } from './claims/schema.js';
export { readClaimData } from './claims/stored.js';
export { analyse, type PlannedArm, type RunHeader } from './results/analyse/index.js';
export * from './results/schema/index.js';
export { readRun, type StoredRun } from './results/store/index.js';
export type { RunningWorkload, Runtime, WorkloadSpec } from './runtime/types.js';
export type { Executor, Layout, Session, SliceSpec } from './schedule/executor.js';
