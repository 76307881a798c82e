import { effectText, marginText } from '../../claims/words.js';
import type { Effect, Load, VerdictPart } from '../../results/schema/index.js';
import { absent, counted } from '../format/number.js';
import { heldTo } from './verdicts.js';

/** A part of a claim in words, for a table. */
export interface PartTexts {
  /** The effect with its interval; empty where nothing was measured. */
  readonly effect: string;
  /** What it is of, and under which load; empty where nothing was measured. */
  readonly about: string;
  /** What was foretold of it. */
  readonly margin: string;
  readonly pAdjusted: string;
  readonly restarts: string;
  /** What is shown beside it and judged by nothing. */
  readonly beside: readonly string[];
}

/** The numbers of a part in words. */
export function partTexts(part: VerdictPart): PartTexts {
  const { effect, margin, pAdjusted, beside } = part;
  return {
    effect: effect === null ? '' : effectText(effect),
    about: effect === null ? '' : aboutText(effect),
    margin: heldTo(part) ?? (effect === null || margin === null ? absent : marginText(margin, effect.unit)),
    pAdjusted: pText(pAdjusted),
    restarts: restartsText(part),
    beside: beside.map((each) => `${each.what}: ${effectText(each)}`),
  };
}

function aboutText({ what, load }: Effect): string {
  return load === null ? what : `${what}; ${loadText(load)}`;
}

function loadText(load: Load): string {
  if (load.loop === 'open') return `open loop, ${load.rps.toLocaleString('en-US')} requests/s`;
  return `closed loop, ${counted(load.connections, 'connection')}`;
}

/** `0.012`, `< 0.001`: a p value; more digits say nothing. */
export function pText(p: number | null): string {
  if (p === null) return absent;
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

function restartsText({ effect, restartsNeeded }: VerdictPart): string {
  if (effect === null) return absent;
  const done = String(effect.restarts);
  return restartsNeeded === null ? done : `${done}; some ${restartsNeeded.toLocaleString('en-US')} needed`;
}

/** Lines of a file of the run that a part rests on. */
export interface RawLines {
  readonly file: 'samples.ndjson' | 'evidence.ndjson' | 'compat.json';
  /** What the lines have as `arm`; of a matrix, which cells. */
  readonly ids: readonly string[];
}

const cellPrefix = 'compat ';

/** Where what a part rests on is stored. */
export function rawLinesOf({ arms, evidence }: VerdictPart): RawLines[] {
  const isCell = (id: string) => id.startsWith(cellPrefix);
  const all: RawLines[] = [
    { file: 'samples.ndjson', ids: arms },
    { file: 'evidence.ndjson', ids: evidence.filter((id) => !isCell(id)) },
    {
      file: 'compat.json',
      ids: evidence.filter(isCell).map((id) => id.slice(cellPrefix.length)),
    },
  ];
  return all.filter(({ ids }) => ids.length > 0);
}

/** Kinds of charts that show what an effect is of, the best first; empty where none does. */
export function chartKindsOf({ unit, what, load }: Effect): readonly string[] {
  if (unit === 'µs/KiB') return ['slopes', 'curves'];
  if (unit === 'ratio') return ['throughput'];
  const isLatency = /\bp\d+\b/.test(what);
  if (isLatency) return load?.loop === 'closed' ? ['latency-unloaded'] : [];
  return ['overhead-cpu', 'curves', 'versions'];
}
