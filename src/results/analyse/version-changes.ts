import { compareVersions } from '../../envoy/version.js';
import { leastToRank } from '../../stats/enough-restarts.js';
import { holm, pairedP } from '../../stats/multiplicity.js';
import type { ArmIdentity, ArmResult, Estimate, VersionChange } from '../schema/index.js';
import { differenceByRestart, farthestEnd, overBaseline, overTwin } from './differences.js';
import { type EstimateOptions, overRestarts, type RestartValue } from './estimates.js';
import type { SampleIndex } from './group.js';

type Values = ReadonlyMap<number, RestartValue>;

/** What changes are found from. */
export interface VersionChangesRequest {
  readonly arms: readonly ArmResult[];
  baselineOf(arm: ArmIdentity): ArmIdentity | null;
  /** The noise floor that an arm's costs are held against, in µs of CPU. */
  floorUsOf(arm: ArmIdentity): number | null;
  readonly index: SampleIndex;
  readonly options: EstimateOptions;
}

/**
 * What each variant's overhead changes by from each Envoy to the next, and from the first to the last: a difference of differences,
 * restart by restart. The changes of one scenario are a family.
 */
export function versionChangesOf(request: VersionChangesRequest): VersionChange[] {
  const { arms, options } = request;
  const valid = arms.filter(({ status }) => status === 'valid');
  const variants = valid.filter((arm) => arm.class !== 'baseline' && arm.twinOf === null);
  const steps = stepsBetween(valid.map(({ envoy }) => envoy));
  return [...new Set(variants.map(({ scenario }) => scenario))].flatMap((scenario) => {
    const own = variants.filter((arm) => arm.scenario === scenario);
    const found = steps.flatMap(([from, to]) =>
      own
        .filter(({ envoy }) => envoy === to)
        .flatMap((arm) => {
          const before = own.find((other) => other.envoy === from && isSameVariant(other, arm));
          return before === undefined ? [] : changeOf(before, arm, request);
        }),
    );
    const adjusted = holm(found.map(({ p }) => p));
    return found.map(({ p: _, ...change }, place): VersionChange => {
      const pAdjusted = adjusted[place] ?? null;
      const isSure = pAdjusted !== null && pAdjusted <= 1 - options.confidence;
      const { totalCpuUs, floorUs } = change;
      const isPlain = floorUs !== null && Math.abs(totalCpuUs.estimate) > floorUs;
      return { ...change, pAdjusted, changed: isSure && isPlain && totalCpuUs.restarts >= leastToRank };
    });
  });
}

/** Each version and the next one, then the first and the last. */
function stepsBetween(envoys: readonly string[]): [from: string, to: string][] {
  const versions = [...new Set(envoys)].sort(compareVersions);
  const steps = versions.slice(1).map((to, place): [string, string] => [versions[place] ?? to, to]);
  const [first, last] = [versions.at(0), versions.at(-1)];
  return steps.length > 1 && first !== undefined && last !== undefined ? [...steps, [first, last]] : steps;
}

function isSameVariant(a: ArmIdentity, b: ArmIdentity): boolean {
  return a.variant === b.variant && a.runtime === b.runtime;
}

function changeOf(before: ArmResult, after: ArmResult, request: VersionChangesRequest) {
  const { baselineOf, index, options } = request;
  const overhead = (arm: ArmIdentity) => differenceByRestart(overBaseline(arm, baselineOf(arm), index));
  const totalCpuUs = changeOver(overhead(before), overhead(after), options);
  if (!totalCpuUs) return [];
  const { scenario, mechanism, variant, class: armClass, runtime } = after;
  return [
    {
      ...{ scenario, mechanism, variant, class: armClass, runtime, from: before.envoy, to: after.envoy },
      totalCpuUs,
      p: options.intervals ? pairedP(totalCpuUs.perRestart) : null,
      floorUs: floorOf(before, after, request),
    },
  ];
}

function changeOver(before: Values, after: Values, options: EstimateOptions): Estimate | null {
  const changes = [...after].flatMap(([restart, { value, slices }]) => {
    const earlier = before.get(restart);
    return earlier === undefined
      ? []
      : [{ value: value - earlier.value, slices: [...earlier.slices, ...slices] }];
  });
  return overRestarts(changes, options);
}

/** The largest of the noise floors on both Envoys, and of what A/A pairs of the class seem to change by between them. */
function floorOf(before: ArmResult, after: ArmResult, request: VersionChangesRequest): number | null {
  const { arms, floorUsOf, index, options } = request;
  const floors = [floorUsOf(before), floorUsOf(after)];
  const isOfClass = (arm: ArmResult) =>
    arm.scenario === after.scenario &&
    arm.runtime === after.runtime &&
    (arm.class === 'external') === (after.class === 'external');
  const twins = arms.filter((arm) => arm.twinOf !== null && arm.status === 'valid' && isOfClass(arm));
  const changes = twins
    .filter(({ envoy }) => envoy === after.envoy)
    .flatMap((twin) => {
      const earlier = twins.find((other) => other.envoy === before.envoy && isSameVariant(other, twin));
      if (earlier === undefined) return [];
      const [from, to] = [earlier, twin].map((arm) => differenceByRestart(overTwin(arm, index)));
      const change = from && to && changeOver(from, to, options);
      return change ? farthestEnd(change) : [];
    });
  const known = floors.filter((floor) => floor !== null);
  return known.length < floors.length ? null : Math.max(...known, ...changes);
}
