import { counted, significant, us } from '../../report/format/number.js';
import { clipped, oneLine } from '../../report/format/text.js';
import { farness, type IntervalWidths, placeText } from '../../results/analyse/index.js';
import type { FailedArm, Progress } from '../../schedule/progress.js';

/**
 * How far a run is, in one or two lines of at most `width` characters: where there is no room, the least important goes first, and
 * nothing is wrapped.
 */
export function liveLines(progress: Progress, width: number): string[] {
  const second = fitting(precisionTexts(progress), width - indent.length);
  return [fitting(placeTexts(progress), width), ...(second === '' ? [] : [clipped(indent + second, width)])];
}

/** The same as one line of any length, without the round: one a restart. */
export function plainLine(progress: Progress): string {
  const [place = ''] = placeTexts({ ...progress, stage: 'end' });
  const [precision = ''] = precisionTexts(progress);
  return [place, precision].filter((text) => text !== '').join('; ');
}

/** `headers/lua@1.40.0 is invalid: before-load, adds a header: …`. */
export function failedText({ arm, status, reason }: FailedArm): string {
  return `${arm} is ${status}: ${oneLine(reason)}`;
}

// As wide as the percentage before the first line.
const indent = '       ';

/** From the longest to the shortest. */
function placeTexts(progress: Progress): string[] {
  const { scenario, setting, restart, restarts, done, secondsLeft } = progress;
  const percent = `${String(Math.floor(done * 100)).padStart(3)} %`;
  const place = placeText(scenario, setting);
  const left = `${clock(secondsLeft)} left`;
  const stage = stageTexts(progress);
  const of = (between: string) => (restarts === null ? '' : `${between}${restarts}`);
  return [
    `${percent}  ${[place, `restart ${restart + 1}${of(' of ')}`, ...stage.long, left].join(', ')}`,
    `${percent}  ${[place, `restart ${restart + 1}${of('/')}`, ...stage.short, left].join(', ')}`,
    `${percent}  ${[place, `restart ${restart + 1}${of('/')}`, left].join(', ')}`,
    `${percent}  ${[left, place].join(', ')}`,
  ];
}

/** The same said at length and in short. */
interface Texts {
  readonly long: readonly string[];
  readonly short: readonly string[];
}

function stageTexts({ stage, round, rounds, restart }: Progress): Texts {
  if (stage === 'round')
    return { long: [`round ${round} of ${rounds}`], short: [`round ${round}/${rounds}`] };
  if (stage === 'end') return { long: [], short: [] };
  // In the first restart Envoy also validates every configuration.
  const start = restart === 0 ? 'validating and starting' : 'starting';
  return stage === 'start'
    ? { long: [start], short: ['starting'] }
    : { long: ['proving'], short: ['proving'] };
}

/** From the longest to the shortest; empty texts where there is nothing to say. */
function precisionTexts({ widths, invalid, scenario }: Progress): string[] {
  const failed = invalid === 0 ? [] : [`${counted(invalid, 'arm')} invalid`];
  if (widths === null) return [failed.join('')];
  const { medianUs, widestUs, widestArm } = widths;
  const widest = `±${us(widestUs)} widest`;
  const middle = `±${us(medianUs)} µs median`;
  const named = `${widest} (${shortName(widestArm, scenario)})`;
  const target = targetTexts(widths, scenario);
  return [
    [`overheads ${middle}`, named, ...target.long, ...failed],
    [middle, named, ...target.long, ...failed],
    [`overheads ${middle}`, widest, ...target.long, ...failed],
    [middle, widest, ...target.long, ...failed],
    ...(target.long.length > 0 ? [[middle, ...target.long, ...failed]] : []),
    [middle, widest, ...target.short, ...failed],
    [middle, ...target.short, ...failed],
    [`±${us(medianUs)} µs`, ...target.short, ...failed],
    [`±${us(medianUs)} µs`, ...failed],
  ].map((texts) => texts.join(', '));
}

/** How far the arms are from the precision that was asked for; empty where none was. */
function targetTexts({ shortfalls, arms }: IntervalWidths, scenario: string): Texts {
  if (shortfalls === null) return { long: [], short: [] };
  const [farthest] = shortfalls;
  if (!farthest) return { long: ['all narrow enough'], short: ['all narrow enough'] };
  const short = `${shortfalls.length} of ${Math.max(arms, shortfalls.length)} too wide`;
  const times = farness(farthest);
  const by = Number.isFinite(times) ? ` ${significant(times)} × ±${us(farthest.targetUs)}` : '';
  return { long: [short, `${shortName(farthest.arm, scenario)}${by}`], short: [short] };
}

/** Of `headers/ext-proc/rust-uds@1.40.0+twin` in its scenario: `ext-proc/rust-uds+twin`. */
function shortName(id: string, scenario: string): string {
  const own = id.startsWith(`${scenario}/`) ? id.slice(scenario.length + 1) : id;
  return own.replace(/@[^+]*/, '');
}

function fitting(texts: readonly string[], width: number): string {
  return texts.find((text) => text.length <= width) ?? clipped(texts.at(-1) ?? '', Math.max(1, width));
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
