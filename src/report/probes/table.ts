import type { Observation } from '../../probes/observations.js';
import type { Evidence, EvidenceOf } from '../../results/schema/index.js';
import { answerText, factsText, withoutSwaps } from '../content/capabilities.js';
import { swapMs, swapName, swapsOf, swapWords } from '../content/swaps.js';
import { wrapped } from '../format/text.js';
import { tableLines } from '../terminal/table.js';

const indent = '    ';

/** What probes and swaps showed, as lines: a probe a row with its facts below, then a table of swaps. */
export function probeLines(
  evidence: readonly Evidence[],
  observed: readonly Observation[],
  width: number,
): string[] {
  const probes = withoutSwaps(observed, evidence);
  return [...probes.flatMap((one) => oneProbe(one, width)), ...swapLines(swapsOf(evidence), width)];
}

function oneProbe(observed: Observation, width: number): string[] {
  const { probe, question, facts, words, problem } = observed;
  const inner = width - indent.length;
  const details = [
    ...wrapped(question, inner),
    ...wrapped(factsText(facts), inner),
    ...(words === null ? [] : wrapped(`Envoy: "${words}"`, inner)),
    ...(problem === null ? [] : wrapped(problem, inner)),
  ];
  return [`${probe}: ${answerText(observed)}`, ...details.map((line) => indent + line)];
}

const heads = ['swap under load', 'sent', 'lost', 'wrong', 'new ms', 'old ms', 'late old'] as const;
const legend = `new ms, old ms: ${swapWords.new}, and ${swapWords.old}. late old: ${swapWords.late}, on new and on kept connections.`;

function swapLines(swaps: readonly EvidenceOf<'swap'>[], width: number): string[] {
  if (swaps.length === 0) return [];
  const rows = swaps.map((swap) => {
    const { offered, lost, wrong, firstNewMs, lastOldMs, oldAfterNew } = swap.account;
    return [
      swapName(swap),
      String(offered),
      String(lost),
      String(wrong),
      swapMs(firstNewMs),
      swapMs(lastOldMs),
      `${oldAfterNew.fresh}+${oldAfterNew.kept}`,
    ];
  });
  return ['', ...tableLines([heads, ...rows], width), '', ...wrapped(legend, width)];
}
