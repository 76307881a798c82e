import type { ArmResult, Run, VersionChange } from '../../src/results/schema/index.js';
import { fixtureRun } from './fixture-run.js';

/** Besides the one of the plain run, which is the newest; 1.9.0 is the oldest, though not by its letters. */
export const olderVersions = ['1.36.4', '1.9.0'];
const newest = '1.40.0';

/** The plain run on three Envoys: on the older ones every arm costs a little less, and C++ has no number on the oldest. */
export function versionsRun(profile: Run['profile'] = 'quick'): Run {
  const run = fixtureRun(profile);
  const [envoy] = run.envoys;
  if (envoy === undefined) throw new Error('the plain run has an Envoy');
  return {
    ...run,
    envoys: [envoy, ...olderVersions.map((version) => ({ ...envoy, version }))],
    arms: [...run.arms, ...olderVersions.flatMap((version) => run.arms.map((arm) => moved(arm, version)))],
    versionChanges: run.plan.intervals ? [changeOf(run, 'wasm/rust', true), changeOf(run, 'lua', false)] : [],
  };
}

function moved(arm: ArmResult, version: string): ArmResult {
  const renamed = (id: string) => `${id} on ${version}`;
  const own = { ...arm, id: renamed(arm.id), twinOf: arm.twinOf && renamed(arm.twinOf), envoy: version };
  if (version !== '1.9.0' || arm.variant !== 'cpp') return own;
  const none = { cpu: null, capacity: null, latency: null, overhead: null, memory: null, startMs: null };
  return { ...own, ...none, status: 'unavailable', reason: 'this build lacks it' };
}

function changeOf(run: Run, variant: string, changed: boolean): VersionChange {
  const arm = run.arms.find(
    (each) => each.variant === variant && each.scenario === 'noop' && each.twinOf === null,
  );
  if (!arm?.overhead) throw new Error(`${variant} has numbers`);
  const { mechanism, class: armClass, scenario, runtime } = arm;
  const totalCpuUs = { ...arm.overhead.totalCpuUs, estimate: 1.25, low: 1, high: 1.5 };
  const between = { from: '1.9.0', to: newest };
  const judged = { totalCpuUs, pAdjusted: changed ? 0.001 : 0.6, floorUs: 0.4, changed };
  return { scenario, mechanism, variant, class: armClass, runtime, ...between, ...judged };
}
