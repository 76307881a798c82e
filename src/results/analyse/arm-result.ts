import {
  type AboveLimit,
  type ArmIdentity,
  type ArmResult,
  aboveLimitSchema,
  type Evidence,
  type EvidenceOf,
  type Placement,
} from '../schema/index.js';
import { type Slice, totalsOf } from '../slices/index.js';
import type { ArmVerdict } from './arm-status.js';
import { distributionsOf } from './distribution.js';
import {
  costDifference,
  costEstimate,
  type EstimateOptions,
  percentileDifference,
  percentileEstimate,
  throughputEstimate,
  throughputRatio,
} from './estimates.js';
import type { SampleIndex } from './group.js';
import { meanOrNull, memoryOf } from './memory.js';
import { openLoopOf } from './open-loop.js';
import { outliersOf } from './outliers.js';
import { pooledPercentileEstimate } from './pooled.js';
import { steadyStateOf } from './steady-state.js';

/** Everything that was measured of one arm; `baseline` is null for the baseline itself. */
export function measureArm(
  arm: ArmIdentity,
  verdict: ArmVerdict,
  baseline: ArmIdentity | null,
  measured: Measured,
): ArmResult {
  const { index, evidence, placement, options } = measured;
  const { served, bad } = totalsOf(index.all(arm.id));
  const aboveLimit = aboveLimitOf(ofKind(evidence, 'above-limit'));
  return {
    ...arm,
    ...verdict,
    requests: served,
    bad,
    cpu: cpuOf(arm, index, options),
    capacity: capacityOf(arm, index, placement, options),
    latency: latencyOf(arm, baseline, measured),
    overhead: baseline && overheadOf(arm, baseline, index, options),
    memory: memoryOf(arm, ofKind(evidence, 'counters'), options),
    startMs: meanOrNull(ofKind(evidence, 'start').map(({ startMs }) => startMs)),
    steadyState: steadyStateOf(arm, baseline, index),
    outliers: outliersOf(arm, index),
    ...(aboveLimit.length > 0 && { aboveLimit }),
  };
}

function aboveLimitOf(evidence: readonly EvidenceOf<'above-limit'>[]): AboveLimit[] {
  return evidence.map((item) => aboveLimitSchema.strip().parse(item));
}

export interface Measured {
  readonly index: SampleIndex;
  /** Of this arm. */
  readonly evidence: readonly Evidence[];
  readonly placement: Placement;
  readonly rates: readonly number[];
  readonly options: EstimateOptions;
}

function cpuOf(arm: ArmIdentity, index: SampleIndex, options: EstimateOptions): ArmResult['cpu'] {
  const slices = index.of(arm.id, 'capacity');
  const envoyUs = costEstimate(slices, 'envoy', options);
  const totalUs = costEstimate(slices, 'total', options);
  if (!envoyUs || !totalUs) return null;
  return {
    envoyUs,
    serverUs: arm.class === 'external' ? costEstimate(slices, 'server', options) : null,
    totalUs,
  };
}

function capacityOf(
  arm: ArmIdentity,
  index: SampleIndex,
  placement: Placement,
  options: EstimateOptions,
): ArmResult['capacity'] {
  const slices = index.of(arm.id, 'capacity');
  const rps = throughputEstimate(slices, options);
  if (!rps) return null;
  const all = [...slices.values()].flat();
  const generatorLimitedSlices = all.filter((slice) => isGeneratorLimited(slice, placement)).length;
  return { rps, generatorLimitedSlices, slices: all.length };
}

const busyEnough = 0.9;

/**
 * Whether the generator, not Envoy, set the pace of a slice (method: worker under 90 % busy, or generator over 90 %).
 * Where the external server shares Envoy's core, the core's work is both.
 */
export function isGeneratorLimited(slice: Slice, { serverSharesEnvoy }: Placement): boolean {
  const server = serverSharesEnvoy ? (slice.serverNs ?? 0) / slice.windowNs : 0;
  return slice.workerBusy + server < busyEnough || slice.generatorBusy > busyEnough;
}

const muchLimited = 0.5;

/** Whether the generator set the pace in most slices of an arm: its throughput is then a lower bound. */
export function isMostlyGeneratorLimited({ capacity }: Pick<ArmResult, 'capacity'>): boolean {
  return capacity !== null && capacity.generatorLimitedSlices > muchLimited * capacity.slices;
}

function latencyOf(
  arm: ArmIdentity,
  baseline: ArmIdentity | null,
  { index, rates, options }: Measured,
): ArmResult['latency'] {
  const slices = index.of(arm.id, 'unloaded');
  const openLoop = openLoopOf(arm, baseline, rates, index, options);
  const p50Us = percentileEstimate(slices, 50, options) ?? pooledPercentileEstimate(slices, 50, options);
  const sustained = openLoop.filter((rate) => rate.sustained);
  const distributions = [slices, ...sustained.map(({ rps }) => index.of(arm.id, `open ${rps}`))].flatMap(
    (under) => distributionsOf(under, options),
  );
  const beside = { openLoop, ...(distributions.length > 0 && { distributions }) };
  if (!p50Us) return openLoop.length === 0 ? null : { unloaded: null, ...beside };
  const [p90Us, p99Us] = [90, 99].map((percentile) => pooledPercentileEstimate(slices, percentile, options));
  return { unloaded: { p50Us, p90Us: p90Us ?? null, p99Us: p99Us ?? null }, ...beside };
}

function overheadOf(
  arm: ArmIdentity,
  baseline: ArmIdentity,
  index: SampleIndex,
  options: EstimateOptions,
): ArmResult['overhead'] {
  const paired = (condition: 'capacity' | 'unloaded') => ({
    arm: index.of(arm.id, condition),
    other: index.of(baseline.id, condition),
    within: 'block' as const,
  });
  const cpuUs = costDifference(paired('capacity'), 'envoy', options);
  const totalCpuUs = costDifference(paired('capacity'), 'total', options);
  const ratio = throughputRatio(paired('capacity'), options);
  if (!cpuUs || !totalCpuUs || !ratio) return null;
  const p50Us = percentileDifference(paired('unloaded'), 50, options);
  return { cpuUs, totalCpuUs, p50Us, throughputRatio: ratio };
}

function ofKind<K extends Evidence['kind']>(evidence: readonly Evidence[], kind: K): EvidenceOf<K>[] {
  return evidence.filter((item): item is EvidenceOf<K> => item.kind === kind);
}
