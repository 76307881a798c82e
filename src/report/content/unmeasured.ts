import type { ArmResult, Run } from '../../results/schema/index.js';
import { oneLine } from '../format/text.js';
import { type Family, familiesOf, type Panel } from './panels.js';

/** Arms without numbers that share a reason, and where. */
export interface Unmeasured {
  readonly variants: readonly string[];
  /** Families, where that is so at all of their rungs; else scenarios. */
  readonly scenarios: readonly string[];
  readonly status: string;
  readonly reason: string;
}

// What failed comes before what could not be expected to work.
const order = ['invalid', 'valid, without numbers', 'unavailable', 'unsupported'];

/** Every arm that is not charted though it was asked for: baselines and copies, too, where they failed. */
export function unmeasuredOf(run: Run): Unmeasured[] {
  const families = familiesOf(run);
  const groups = grouped(
    run.arms.filter((arm) => !isMeasured(run, arm)),
    (arm) => [nameOf(arm), statusOf(arm), reasonOf(arm)],
  ).flatMap((arms) => {
    const [arm] = arms;
    if (arm === undefined) return [];
    const scenarios = placesOf(families, arms);
    return [{ variants: [nameOf(arm)], scenarios, status: statusOf(arm), reason: reasonOf(arm) }];
  });
  const merged = grouped(groups, ({ scenarios, status, reason }) => [...scenarios, status, reason]);
  return merged
    .flatMap((alike): Unmeasured[] => {
      const [first] = alike;
      return first === undefined ? [] : [{ ...first, variants: alike.flatMap(({ variants }) => variants) }];
    })
    .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

function isMeasured(run: Run, arm: ArmResult): boolean {
  const hasNumbers = arm.cpu !== null && (arm.class === 'baseline' || arm.overhead !== null);
  return arm.status === 'valid' && (hasNumbers || run.plan.proveOnly);
}

function nameOf({ variant, twinOf }: ArmResult): string {
  return twinOf === null ? variant : `${variant} (second copy of an A/A pair)`;
}

function statusOf({ status }: ArmResult): string {
  return status === 'valid' ? 'valid, without numbers' : status;
}

function reasonOf({ reason }: ArmResult): string {
  return oneLine(reason ?? 'no measurement was completed');
}

/** Where these arms are: a family by its name where all of its panels are among them, else panel by panel. */
function placesOf(families: readonly Family[], arms: readonly ArmResult[]): string[] {
  const isHere = ({ scenario, envoy, runtime }: Panel) =>
    arms.some((arm) => arm.scenario === scenario.name && arm.envoy === envoy && arm.runtime === runtime);
  return families.flatMap(({ name, panels }) => {
    const own = panels.filter(isHere);
    return own.length === panels.length ? [name] : own.map(({ title }) => title);
  });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => readonly string[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}
