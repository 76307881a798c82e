import { sum } from 'simple-statistics';
import type { ArmResult, Conduct, Evidence, PlanSummary, Warning } from '../schema/index.js';
import { type Cell, slicesOf, windowsNsOf } from '../slices/index.js';
import { isMostlyGeneratorLimited } from './arm-result.js';
import { placeText, settingsOf } from './setting.js';
import { fewRestarts, shortOfPrecision } from './short-runs.js';
import { stretchedSlices } from './stretched-slices.js';

const muchSteal = 0.05;
const muchOthers = 0.1;

/** What warnings are found in. */
export interface Findings {
  readonly arms: readonly ArmResult[];
  readonly cells: readonly Cell[];
  readonly evidence: readonly Evidence[];
  readonly plan: PlanSummary;
  readonly conduct: Conduct | null;
}

/** What a reader must know before believing a number. */
export function findWarnings({ arms, cells, evidence, plan, conduct }: Findings): Warning[] {
  const warnings: Warning[] = [];
  if (!plan.intervals && !plan.proveOnly) {
    warnings.push({
      code: 'no-intervals',
      message: `${plan.restarts} restarts are too few for intervals: nothing is ranked`,
      next: 'use --profile quick or full for numbers to quote',
    });
  }
  if (!plan.proveOnly && plan.estimatedSeconds > plan.budgetSeconds) {
    warnings.push({
      code: 'over-budget',
      message: `the least that this profile measures takes ${plan.estimatedSeconds} s, the budget is ${plan.budgetSeconds} s`,
      next: 'choose fewer scenarios or mechanisms, or a smaller profile',
    });
  }
  for (const arm of arms.filter(({ status }) => status === 'invalid')) {
    warnings.push({
      code: 'invalid-arm',
      message: `${arm.id} is invalid and not charted: ${arm.reason}`,
      next: 'see its lines in evidence.ndjson',
    });
  }
  const limited = arms.filter((arm) => arm.twinOf === null && isMostlyGeneratorLimited(arm));
  if (limited.length > 0) {
    warnings.push({
      code: 'generator-limited',
      message: `the generator set the pace in most slices of ${namesOf(limited, settingsOf(arms))}`,
      next: 'read their throughput as a lower bound; CPU per request still holds',
    });
  }
  warnings.push(...fewRestarts(arms, plan, conduct), ...shortOfPrecision(arms, plan, conduct));
  warnings.push(...aboveLimitWarnings(arms), ...silentSlices(evidence), ...machineWarnings(cells));
  const scenarios = new Map(arms.map(({ id, scenario }) => [id, scenario]));
  const timed = cells.map((cell) => ({ ...cell, windowsNs: windowsNsOf(cell) }));
  warnings.push(...stretchedSlices(timed, (arm) => scenarios.get(arm) ?? arm));
  return warnings;
}

const mostNames = 8;

/** All of them where they are few: the table says of each arm how often it was. */
function namesOf(arms: readonly ArmResult[], settingOf: (arm: ArmResult) => string): string {
  const names = arms.slice(0, mostNames).map((arm) => nameOf(arm, settingOf(arm)));
  if (arms.length <= mostNames) return names.join(', ');
  return `${arms.length} arms, among them ${names.join(', ')}`;
}

function nameOf({ scenario, variant }: ArmResult, setting: string): string {
  return `${variant} (${placeText(scenario, setting)})`;
}

// A user who relies on the filter must know, though no load of the run has such bodies.
function aboveLimitWarnings(arms: readonly ArmResult[]): Warning[] {
  const settingOf = settingsOf(arms);
  const leaks = arms
    .filter((arm) => arm.mechanism !== 'baseline')
    .flatMap((arm) =>
      (arm.aboveLimit ?? [])
        .filter(({ outcome }) => outcome === 'unfiltered' || outcome === 'partly')
        .map(({ way, outcome }) => `${nameOf(arm, settingOf(arm))}: ${way} ${outcome}`),
    );
  if (leaks.length === 0) return [];
  return [
    {
      code: 'unfiltered-above-limit',
      message: `bodies above the buffer limit came through though the job was not done: ${leaks.join('; ')}`,
      next: 'refuse larger bodies before this filter, or do not rely on it for them',
    },
  ];
}

function silentSlices(evidence: readonly Evidence[]): Warning[] {
  const silent = evidence.filter(({ kind }) => kind === 'silent');
  if (silent.length === 0) return [];
  const arms = new Set(silent.map(({ arm }) => arm));
  const [first] = arms;
  const which = arms.size === 1 ? `of ${first}` : `of ${arms.size} arms`;
  return [
    {
      code: 'silent-slice',
      message: `no answer came in ${silent.length} windows ${which}, and none that was wrong: they were driven again`,
      next: 'other work may have held the cores: see steal and other-processes, and run again on a quieter machine',
    },
  ];
}

function machineWarnings(cells: readonly Cell[]): Warning[] {
  const total = (name: 'windowNs' | 'stealNs' | 'othersNs') =>
    sum(cells.map((cell) => sum(slicesOf(cell).map((slice) => slice[name]))));
  const windowNs = total('windowNs');
  if (windowNs === 0) return [];
  const warnings: Warning[] = [];
  const steal = total('stealNs') / windowNs;
  if (steal > muchSteal) {
    warnings.push({
      code: 'steal',
      message: `the hypervisor took ${percent(steal)} of a core during slices`,
      next: 'run again on a quieter host, or trust the intervals only',
    });
  }
  const others = total('othersNs') / windowNs;
  if (others > muchOthers) {
    warnings.push({
      code: 'other-processes',
      message: `other processes used ${percent(others)} of a core during slices`,
      next: 'stop them and run again',
    });
  }
  const sources = new Set(cells.flatMap(({ cpuSources }) => cpuSources));
  if (sources.size > 0) {
    warnings.push({
      code: 'cpu-of-containers',
      message: `CPU was read of whole containers (${[...sources].join(', ')}), as their processes are not visible here: not the instrument of native runs`,
      next: 'compare with other runs of this kind only, or run where the processes of the engine are seen',
    });
  }
  return warnings;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
