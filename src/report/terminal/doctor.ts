import type { RuntimeKind } from '../../doctor/check.js';
import type { Examined } from '../../doctor/examine.js';
import { wrapped } from '../format/text.js';
import type { TerminalOptions } from './index.js';
import { paints } from './paints.js';

const stateWidth = 9;
const nameWidth = 15;
const narrowest = 60;

/** Every check on a line or several: its state, its name, what was found, and what to do. */
export function doctorLines(
  examined: readonly Examined[],
  runs: readonly RuntimeKind[],
  { width: columns, colour }: TerminalOptions,
): string[] {
  const width = Math.max(narrowest, columns);
  const paint = paints(colour);
  const marks = { ok: paint.dim, warn: paint.yellow, missing: paint.red } as const;
  const indent = ' '.repeat(stateWidth + nameWidth);
  const room = width - indent.length;
  const lines = examined.flatMap(({ name, status, message, next, neededBy }) => {
    const optional = status === 'missing' && neededBy.length === 0 ? 'optional: ' : '';
    const [first = '', ...more] = message.split('\n').flatMap((line) => wrapped(optional + line, room));
    const head = marks[status](status.padEnd(stateWidth)) + name.padEnd(nameWidth) + first;
    const todo = next === null ? [] : wrapped(`next: ${next}`, room, '  ');
    return [head, ...[...more, ...todo].map((line) => indent + line)];
  });
  return [...lines, '', ...wrapped(paint.bold(outcome(runs)), width)];
}

function outcome(runs: readonly RuntimeKind[]): string {
  if (runs.length === 2) return 'bench can run here, natively and in containers.';
  if (runs.includes('native')) return 'bench can run here, natively.';
  if (runs.includes('docker')) return 'bench can run here in containers (--runtime docker).';
  return 'bench cannot run here: mend what is missing above, natively or for docker.';
}
