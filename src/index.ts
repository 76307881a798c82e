/** The public surface: reading and judging stored runs, and the boundaries that others can implement. */
export { analyse, type PlannedArm, type RunHeader } from './results/analyse/index.js';
export * from './results/schema/index.js';
export { readRun, type StoredRun } from './results/store/index.js';
export type { RunningWorkload, Runtime, WorkloadSpec } from './runtime/types.js';
export type { Executor, Layout, Session, SliceSpec } from './schedule/executor.js';
