import { precisionText } from '../../results/analyse/index.js';
import {
  isReference,
  type NoiseFloor,
  type NoiseFloorOfClass,
  type Placement,
  type Run,
} from '../../results/schema/index.js';
import { absent, counted, ratio, significant, us } from '../format/number.js';
import { oneLine, shellLine, utcMinute } from '../format/text.js';
import { type Family, familiesOf } from './panels.js';
import { rungText } from './rungs.js';

/** A name and what it is, for lists of facts. */
export type Fact = readonly [name: string, value: string];

// Where a run goes and how it is printed is not part of it; a folder that holds a run is refused, too.
function isAboutOutput(word: string, before: string | undefined): boolean {
  return before === '--out' || word === '--out' || word.startsWith('--out=') || word === '--json';
}

/** The command that makes this run again: the one that was given, with the seed that was drawn. */
export function reproduceCommand(run: Run): string {
  const given = run.command.filter((word, index, all) => !isAboutOutput(word, all[index - 1])).map(oneLine);
  const named = given[0] === 'filterbench' ? given : ['filterbench', ...given];
  const seeded = named.some((word) => word === '--seed' || word.startsWith('--seed='));
  return shellLine(seeded ? named : [...named, '--seed', String(run.seed)]);
}

/** `headers`, or `chain (1 filter, 2 filters)`. */
function familyText({ name, quantity, panels }: Family): string {
  if (quantity === null) return name;
  const rungs = panels.flatMap(({ scenario: { rung } }) => (rung === null ? [] : [rungText(rung)]));
  return `${name} (${[...new Set(rungs)].join(', ')})`;
}

/** What was asked for, and when. */
export function askedOf(run: Run): Fact[] {
  const { plan } = run;
  const finished = run.finishedAt === null ? 'not finished' : utcMinute(run.finishedAt);
  return [
    ['Scenarios', familiesOf(run).map(familyText).join(', ')],
    ...run.envoys.map(
      ({ version, build, source, runtime, network }): Fact => [
        `Envoy ${version}`,
        `${oneLine(build)}; from ${oneLine(source)}; ${runtime}${network === 'mapped' ? ', ports mapped to 127.0.0.1' : ''}`,
      ],
    ),
    [
      'Profile',
      `${run.profile}: ${restartsText(run)} × ${roundsText(run)}, ` +
        `slices of ${significant(plan.sliceMs, 0)} ms, closed loop with ${counted(plan.connections, 'connection')}`,
    ],
    ...endFacts(run),
    [
      'Intervals',
      plan.intervals
        ? `${Math.round(plan.confidence * 1000) / 10} %, t over restarts`
        : 'none in this profile',
    ],
    ['Seed', String(run.seed)],
    ['Time', `${utcMinute(run.startedAt)} to ${finished}`],
    ['Status', run.status],
    ['Command', reproduceCommand(run)],
    ...(run.configFile === undefined ? [] : [['Flags are also from', oneLine(run.configFile)] as const]),
  ];
}

/** As many as were done, where scenarios have restarts of their own. */
function restartsText({ plan, conduct }: Run): string {
  const counts = (plan.budgetBinds === true && conduct?.restarts?.map(({ restarts }) => restarts)) || [];
  if (counts.length === 0) return counted(plan.restarts, 'restart');
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? counted(most, 'restart') : `${least} to ${counted(most, 'restart')}`;
}

/** Rounds follow the variances where a precision was asked for, so they are those of the slices. */
function roundsText({ plan, arms }: Run): string {
  // A baseline has a slice in every block of a round.
  const perRestart = arms.flatMap((arm) =>
    arm.capacity && !isReference(arm) ? arm.capacity.slices / arm.capacity.rps.restarts : [],
  );
  if (plan.precisionUs === null || perRestart.length === 0) return counted(plan.rounds, 'round');
  const [least, most] = [Math.round(Math.min(...perRestart)), Math.round(Math.max(...perRestart))];
  return least === most ? counted(most, 'round') : `${least} to ${counted(most, 'round')}`;
}

/** What was to end the run, and what did. */
function endFacts({ plan, conduct }: Run): Fact[] {
  const asked: Fact[] = plan.precisionUs === null ? [] : [['Precision asked for', precisionText(plan)]];
  if (plan.budgetBinds !== true || !conduct?.stopped) return asked;
  const ended = {
    planned: 'all restarts were done',
    precision: 'every arm reached the precision',
    budget: '',
  };
  const why =
    ended[conduct.stopped] || `the budget of ${Number((plan.budgetSeconds / 60).toFixed(1))} min was spent`;
  return [...asked, ['Ended', why]];
}

function cpusOf({
  envoyCpus,
  serverCpus,
  generatorCpus,
  upstreamCpus,
  serverSharesEnvoy,
  pinned,
}: Placement): string {
  if (!pinned) return 'not pinned';
  const on = (cpus: readonly number[]) => (cpus.length === 0 ? absent : cpus.join(','));
  const server = serverSharesEnvoy ? `${on(serverCpus)} (shared with Envoy)` : on(serverCpus);
  return `Envoy on ${on(envoyCpus)}, server on ${server}, generator on ${on(generatorCpus)}, upstream on ${on(upstreamCpus)}`;
}

/** The machine and the tools. */
export function fingerprintOf(run: Run): Fact[] {
  const print = run.fingerprint;
  const tools = Object.entries(print.tools).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    ['CPU', `${oneLine(print.cpu)}, ${counted(print.cores, 'core')}, ${print.arch}`],
    ['Memory', `${print.memoryMiB.toLocaleString('en-US')} MiB`],
    ['System', `${oneLine(print.os)}, kernel ${oneLine(print.kernel)}`],
    ['Virtualised', print.virtualised === null ? 'no' : oneLine(print.virtualised)],
    ['CPU governor', print.governor === null ? 'not known' : oneLine(print.governor)],
    ['Load before the run', significant(print.loadAverage1m)],
    ['Placement', cpusOf(print.placement)],
    ['Node', print.node],
    ['filterbench', run.filterbench],
    ...tools.map(([name, version]): Fact => [name, oneLine(version)]),
    ...run.envoys.map(({ version, sha256 }): Fact => [`Envoy ${version} sha256`, sha256]),
  ];
}

/** One class's noise floor in words; null where the run has none. */
function floorText(floor: NoiseFloorOfClass | null): string | null {
  if (floor === null) return null;
  const p50 = floor.p50Us === null ? '' : `, ±${us(floor.p50Us)} µs of unloaded p50`;
  return `±${us(floor.cpuUs)} µs of CPU per request${p50}, ±${ratio(floor.throughputRatio)} of throughput`;
}

/** A class's noise floor in words. */
export interface NoiseFact {
  readonly name: string;
  readonly text: string;
  readonly pairs: readonly string[];
}

/** The noise floors of a run in words. */
export interface NoiseFacts {
  /** Of all scenarios that are in no series; empty where all are in one. */
  readonly classes: readonly NoiseFact[];
  /** Of each rung of a series by itself. */
  readonly rungs: readonly NoiseFact[];
}

/** The noise floor of each class, then of each rung of a series, with the A/A pairs that it comes from. */
export function noiseFacts(run: Run): NoiseFacts {
  if (!run.plan.intervals) return { classes: [], rungs: [] };
  const isAllSeries = run.scenarios.length > 0 && run.scenarios.every(({ rung }) => rung !== null);
  return {
    classes: isAllSeries ? [] : floorsOf(run.noiseFloor, ''),
    rungs: run.rungNoiseFloors.flatMap((rung) => floorsOf(rung, ` in ${rung.scenario}`)),
  };
}

function floorsOf({ inProcess, external }: NoiseFloor, where: string): NoiseFact[] {
  const fact = (name: string, floor: NoiseFloorOfClass | null): NoiseFact => ({
    name: `${name}${where}`,
    text: floorText(floor) ?? 'not measured: no A/A pair of this class',
    pairs: floor?.pairs ?? [],
  });
  return [fact('In-process', inProcess), fact('External', external)];
}
