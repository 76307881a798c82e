import type { Observation } from '../../probes/observations.js';
import type { Evidence, EvidenceOf, Facts } from '../../results/schema/index.js';
import { wrapped } from '../format/text.js';
import { tableLines } from '../terminal/table.js';

const indent = '    ';

/** What probes and swaps showed, as lines: a probe a row with its facts below, then a table of swaps. */
export function probeLines(
  evidence: readonly Evidence[],
  observed: readonly Observation[],
  width: number,
): string[] {
  const swaps = evidence.filter((item): item is EvidenceOf<'swap'> => item.kind === 'swap');
  const names = swaps.map(({ probe }) => probe);
  const others = observed.filter(({ probe }) => !names.includes(probe));
  return [...others.flatMap((one) => oneProbe(one, width)), ...swapLines(swaps, width)];
}

function oneProbe(
  { probe, question, facts, words, carriedOut, problem }: Observation,
  width: number,
): string[] {
  const answer = carriedOut ? say(facts.works ?? null) : 'not carried out';
  const inner = width - indent.length;
  const { works: _, ...rest } = facts;
  const details = [
    ...wrapped(question, inner),
    ...wrapped(factsText(rest), inner),
    ...(words === null ? [] : wrapped(`Envoy: "${words}"`, inner)),
    ...(problem === null ? [] : wrapped(problem, inner)),
  ];
  return [`${probe}: ${answer}`, ...details.map((line) => indent + line)];
}

function factsText(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${say(value)}`)
    .join(', ');
}

function say(value: Facts[string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null ? '–' : String(value);
}

const heads = ['swap under load', 'sent', 'lost', 'wrong', 'new ms', 'old ms', 'late old'] as const;

function swapLines(swaps: readonly EvidenceOf<'swap'>[], width: number): string[] {
  if (swaps.length === 0) return [];
  const rows = swaps.map(({ probe, account }) => {
    const { offered, lost, wrong, firstNewMs, lastOldMs, oldAfterNew } = account;
    return [
      probe.replace(/^swap\//, ''),
      String(offered),
      String(lost),
      String(wrong),
      ms(firstNewMs),
      ms(lastOldMs),
      `${oldAfterNew.fresh}+${oldAfterNew.kept}`,
    ];
  });
  const legend =
    'new ms, old ms: from the swap to the first answer of the new version (– where it never came), and to the last of the old one. ' +
    'late old: old answers to requests sent after the first new answer, on new and on kept connections.';
  return ['', ...tableLines([heads, ...rows], width), '', ...wrapped(legend, width)];
}

function ms(value: number | null): string {
  return value === null ? '–' : value.toFixed(0);
}
