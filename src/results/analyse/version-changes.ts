import { compareVersions } from '../../envoy/version.js';
import { leastToRank } from '../../stats/enough-restarts.js';
import { holm, pairedP } from '../../stats/multiplicity.js';
import type { ArmIdentity, ArmResult, Estimate, VersionChange } from '../schema/index.js';
import { differenceByRestart, farthestEnd, overBaseline, overTwin } from './differences.js';
import { type EstimateOptions, overRestarts, type RestartValue } from './estimates.js';
import type { SampleIndex } from './group.js';
import { twinsAmong } from './noise-floor.js';

/** A request, with what is found once for all changes. */
interface Sought extends VersionChangesRequest {
  readonly twins: readonly ArmResult[];
}

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
  const sought: Sought = { ...request, twins: twinsAmong(arms) };
  const variants = arms.filter(
    (arm) => arm.status === 'valid' && arm.class !== 'baseline' && arm.twinOf === null,
  );
  return [...new Set(variants.map(({ scenario }) => scenario))].flatMap((scenario) => {
    const own = variants.filter((arm) => arm.scenario === scenario);
    const found = seriesOf(own).flatMap((arm) =>
      stepsBetween(own.filter((other) => isSameVariant(other, arm))).flatMap(([before, after]) =>
        changeOf(before, after, sought),
      ),
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

/** The first arm of each variant. */
function seriesOf(arms: readonly ArmResult[]): ArmResult[] {
  return arms.filter((arm) => arms.find((other) => isSameVariant(other, arm)) === arm);
}

/** Of one variant each version that it is valid on and the next such one, then the first and the last. */
function stepsBetween(arms: readonly ArmResult[]): [before: ArmResult, after: ArmResult][] {
  const sorted = arms.toSorted((a, b) => compareVersions(a.envoy, b.envoy));
  const steps = sorted.slice(1).flatMap((after, place): [ArmResult, ArmResult][] => {
    const before = sorted[place];
    return before === undefined ? [] : [[before, after]];
  });
  const [first, last] = [sorted.at(0), sorted.at(-1)];
  return steps.length > 1 && first !== undefined && last !== undefined ? [...steps, [first, last]] : steps;
}

function isSameVariant(a: ArmIdentity, b: ArmIdentity): boolean {
  return a.variant === b.variant && a.runtime === b.runtime;
}

function changeOf(before: ArmResult, after: ArmResult, sought: Sought) {
  const { baselineOf, index, options } = sought;
  const overhead = (arm: ArmIdentity) => differenceByRestart(overBaseline(arm, baselineOf(arm), index));
  const totalCpuUs = changeOver(overhead(before), overhead(after), options);
  if (!totalCpuUs) return [];
  const { scenario, mechanism, variant, class: armClass, runtime } = after;
  return [
    {
      ...{ scenario, mechanism, variant, class: armClass, runtime, from: before.envoy, to: after.envoy },
      totalCpuUs,
      p: options.intervals ? pairedP(totalCpuUs.perRestart) : null,
      floorUs: floorOf(before, after, sought),
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

/**
 * The largest of the noise floors on both Envoys, and of what A/A pairs of the class seem to change by between them; null where one of
 * these is not known.
 */
function floorOf(before: ArmResult, after: ArmResult, sought: Sought): number | null {
  const { floorUsOf, index, options } = sought;
  const isOfClass = (arm: ArmResult) =>
    arm.scenario === after.scenario &&
    arm.runtime === after.runtime &&
    (arm.class === 'external') === (after.class === 'external');
  const twins = sought.twins.filter(isOfClass);
  const changes = twins
    .filter(({ envoy }) => envoy === after.envoy)
    .flatMap((twin) => {
      const earlier = twins.find((other) => other.envoy === before.envoy && isSameVariant(other, twin));
      if (earlier === undefined) return [];
      const [from, to] = [earlier, twin].map((arm) => differenceByRestart(overTwin(arm, index)));
      const change = from && to && changeOver(from, to, options);
      return change ? farthestEnd(change) : [];
    });
  const floors = [floorUsOf(before), floorUsOf(after)];
  const known = floors.filter((floor) => floor !== null);
  return known.length < floors.length || changes.length === 0 ? null : Math.max(...known, ...changes);
}
