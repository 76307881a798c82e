import { type Observation, observations } from '../../probes/observations.js';
import type { Evidence, Facts } from '../../results/schema/index.js';
import { absent } from '../format/number.js';
import { clipped, oneLine } from '../format/text.js';
import { cell, type GroupedCell, type GroupedRow, groupedBy } from './grouped-table.js';
import type { BesideSection } from './section.js';

// The evidence has all of it.
const longestWords = 300;

/** `yes`, `no`, a number or words; a dash for what could not come up. */
export function factText(value: Facts[string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null ? absent : oneLine(String(value));
}

/** `chunks seen 3, status 200`: what was seen besides the answer. */
export function factsText(facts: Facts): string {
  return Object.entries(facts)
    .filter(([name]) => name !== 'works')
    .map(([name, value]) => `${spaced(name)} ${factText(value)}`)
    .join(', ');
}

function spaced(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What a probe answered, in a word or some. */
export function answerText({ carriedOut, facts }: Observation): string {
  return carriedOut ? factText(facts.works ?? null) : 'not carried out';
}

/** What was observed by probes, without swaps, which have a table of their own. */
export function withoutSwaps(
  observed: readonly Observation[],
  evidence: readonly Evidence[],
): readonly Observation[] {
  const swapped = new Set(evidence.flatMap((item) => (item.kind === 'swap' ? [item.probe] : [])));
  return observed.filter(({ probe }) => !swapped.has(probe));
}

/** What each mechanism can do; null where nothing was probed. */
export function capabilities(evidence: readonly Evidence[]): BesideSection | null {
  const probed = withoutSwaps(observations(evidence), evidence);
  if (probed.length === 0) return null;
  const envoys = [...new Set(probed.map(({ envoy }) => envoy))];
  const groups = groupedBy(probed, ({ probe }) => probe.split('/')[0] ?? probe);
  return {
    id: 'capabilities',
    title: 'What each mechanism can do',
    intro: `Each question was put to a real Envoy ${envoys.join(', ')}, by starting it and sending requests. A no is an answer like a yes.`,
    key: [],
    table: {
      columns: [
        { title: 'Probe', kind: 'word' },
        { title: 'Answer', kind: 'word' },
        { title: 'Question', kind: 'text' },
        { title: 'Seen', kind: 'text' },
      ],
      groups: groups.map(([title, own]) => ({
        title,
        mechanism: null,
        rows: own.map((one) => rowOf(one, envoys.length > 1)),
      })),
    },
    notes: [],
    remarks: [],
    chart: null,
  };
}

function rowOf(observed: Observation, namesEnvoy: boolean): GroupedRow {
  const { probe, question, envoy, facts, words, problem } = observed;
  const said = words === null ? '' : `Envoy: “${clipped(oneLine(words), longestWords)}”`;
  return {
    name: probe.split('/').slice(1).join('/') || probe,
    detail: namesEnvoy ? `on Envoy ${envoy}` : '',
    mechanism: null,
    cells: [
      answer(observed),
      cell(question),
      problem === null ? cell(factsText(facts), { detail: said }) : cell(oneLine(problem)),
    ],
  };
}

function answer(observed: Observation): GroupedCell {
  const text = answerText(observed);
  if (!observed.carriedOut) return cell(text, { tint: 'unanswered' });
  return cell(text, { tint: text === 'yes' || text === 'no' ? text : null });
}
