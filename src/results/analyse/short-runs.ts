import { leastToRank } from '../../stats/enough-restarts.js';
import {
  type ArmResult,
  type Conduct,
  isReference,
  type PlanSummary,
  type Shortfall,
  type Warning,
} from '../schema/index.js';
import { costsOf, precisionText, shortfallsOf } from './precision.js';
import { placeText, settingsOf } from './setting.js';

/** Scenarios whose restarts are too few for ranking anything in them: the budget ended the run, or somebody did. */
export function fewRestarts(
  arms: readonly ArmResult[],
  { intervals }: PlanSummary,
  conduct: Conduct | null,
): Warning[] {
  if (!intervals) return [];
  const restarts = restartsOf(arms);
  const few = [...restarts.values()].filter(({ done }) => done < leastToRank);
  if (few.length === 0) return [];
  const counts = few.map(({ done }) => done);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const range = least === most ? `${least}` : `${least} to ${most}`;
  const names = few.length > 3 ? `${few.length} scenarios` : few.map(({ name }) => name).join(', ');
  return [
    {
      code: 'few-restarts',
      message: `${names} had ${range} restarts: with fewer than ${leastToRank} nothing is ranked`,
      next: budgetAdvice(secondsFor(restarts, conduct, () => leastToRank)),
    },
  ];
}

const namedInMessage = 3;

/** The arms whose intervals are wider than was asked for, as data, and what would narrow them. */
export function shortOfPrecision(
  arms: readonly ArmResult[],
  plan: PlanSummary,
  conduct: Conduct | null,
): Warning[] {
  const costs = costsOf(arms);
  const shortfalls = shortfallsOf(costs, plan);
  if (shortfalls.length === 0) return [];
  const placeOf = new Map(arms.map((arm) => [arm.id, keyOf(arm)]));
  const needed = ({ key, done }: Restarts) =>
    Math.max(
      leastToRank,
      done,
      ...shortfalls.map((one) => (placeOf.get(one.arm) === key ? restartsFor(one) : 0)),
    );
  const worst = shortfalls.slice(0, namedInMessage).map(describe).join('; ');
  return [
    {
      code: 'short-of-precision',
      message: `${shortfalls.length} of ${costs.length} arms fell short of ${precisionText(plan)}; the farthest: ${worst}`,
      next: budgetAdvice(
        secondsFor(restartsOf(arms), conduct, needed),
        shortfalls.some(({ halfWidthUs }) => halfWidthUs === null) ? unknownNeed : '',
      ),
      shortfalls,
    },
  ];
}

function describe({ arm, halfWidthUs, targetUs, restarts }: Shortfall): string {
  const count = restarts === 1 ? '1 restart' : `${restarts} restarts`;
  const width =
    halfWidthUs === null ? 'no interval' : `±${rounded(halfWidthUs)} µs for ±${rounded(targetUs)}`;
  return `${arm} (${width}, ${count})`;
}

function rounded(us: number): string {
  return us >= 100 ? us.toFixed(0) : us.toPrecision(2);
}

// What can't be told yet is told by as many as ranking needs.
function restartsFor({ halfWidthUs, restartsNeeded }: Shortfall): number {
  if (halfWidthUs === null) return leastToRank;
  return restartsNeeded ?? Number.POSITIVE_INFINITY;
}

/** What is alive together: a scenario on one Envoy in one runtime. */
interface Restarts {
  readonly key: string;
  /** The scenario, with what tells it apart where the run has several Envoys or runtimes. */
  readonly name: string;
  readonly scenario: string;
  /** As the conduct of the run names it. */
  readonly setting: string | undefined;
  /** As often as its baseline was measured. */
  readonly done: number;
}

function keyOf({ scenario, envoy, runtime }: ArmResult): string {
  return `${scenario} ${envoy} ${runtime}`;
}

function restartsOf(arms: readonly ArmResult[]): Map<string, Restarts> {
  const settingOf = settingsOf(arms);
  const restarts = new Map<string, Restarts>();
  for (const arm of arms.filter(isReference)) {
    const { scenario, cpu } = arm;
    const setting = settingOf(arm) || undefined;
    const name = placeText(scenario, setting);
    const key = keyOf(arm);
    // A calibration has several baselines of one scenario.
    const done = Math.max(restarts.get(key)?.done ?? 0, cpu?.totalUs.restarts ?? 0);
    restarts.set(key, { key, name, scenario, setting, done });
  }
  return restarts;
}

/** Seconds until each scenario has its restarts, at the pace of this run; null where it had none. */
function secondsFor(
  restarts: ReadonlyMap<string, Restarts>,
  conduct: Conduct | null,
  needed: (of: Restarts) => number,
): number | null {
  const begun = conduct?.restarts ?? [];
  const count = begun.reduce((sum, one) => sum + one.restarts, 0);
  if (count === 0) return null;
  const usual = begun.reduce((sum, one) => sum + one.seconds, 0) / count;
  return [...restarts.values()].reduce((sum, of) => {
    const own = begun.filter((one) => one.scenario === of.scenario && one.setting === of.setting);
    const each = own.length === 0 ? [usual] : own.map((one) => one.seconds / one.restarts);
    return sum + each.reduce((total, seconds) => total + seconds, 0) * needed(of);
  }, 0);
}

const stepMinutes = 5;
const mostHours = 24;

const unknownNeed = ` for ${leastToRank} restarts of each; how many the precision takes is not known yet`;

/**
 * Widths shrink with the root of the restarts, so that many seconds would do if the spread stays as it is.
 * @param forWhat what else there is to say of it
 */
function budgetAdvice(seconds: number | null, forWhat = ''): string {
  if (seconds === null) return 'give a larger --budget, or fewer scenarios or variants';
  const minutes = Math.ceil(seconds / 60 / stepMinutes) * stepMinutes;
  if (minutes > mostHours * 60)
    return 'a day would not do: name fewer scenarios or variants, or ask for a wider --precision';
  return `--budget ${minutes}m would do${forWhat || ', if this machine stays as it is'}; or name fewer scenarios or variants`;
}
