import type { Compat, CompatCell, CompatOutcome, CompatSubject } from '../../results/schema/index.js';
import { oneLine } from '../format/text.js';
import { cell, type GroupedCell } from './grouped-table.js';
import type { BesideSection } from './section.js';

/** The section's place in a page, and the name of its chart. */
export const compatibilityId = 'compatibility';

/** Subjects that are looked at together. */
export interface CompatPart {
  readonly title: string;
  readonly subjects: readonly CompatSubject[];
}

const parts: readonly { readonly title: string; holds(subject: CompatSubject): boolean }[] = [
  { title: 'Dynamic modules, by the ABI that they are built for', holds: isModule },
  { title: 'The same file everywhere', holds: (subject) => !isModule(subject) && !isBuiltIn(subject) },
  { title: "Envoy's own filters", holds: isBuiltIn },
];

function isModule({ mechanism }: CompatSubject): boolean {
  return mechanism === 'dynamic-module';
}

function isBuiltIn({ id }: CompatSubject): boolean {
  return id.startsWith('built-in/');
}

/** The subjects of a matrix in parts, without those parts that have none. */
export function compatParts({ subjects }: Compat): CompatPart[] {
  return parts
    .map(({ title, holds }) => ({ title, subjects: subjects.filter(holds) }))
    .filter((part) => part.subjects.length > 0);
}

const meanings: Readonly<Record<CompatOutcome, string>> = {
  loads: 'Envoy starts, all cases pass',
  warns: 'all cases pass, but Envoy warns',
  misbehaves: 'Envoy lives, but a case fails',
  dies: "Envoy's process ends by itself",
  refused: 'Envoy ends with an error at its start',
  absent: 'this build of Envoy lacks the extension',
};

/** From the best to the worst that says most. */
export const compatOutcomes: readonly CompatOutcome[] = [
  'loads',
  'warns',
  'misbehaves',
  'dies',
  'refused',
  'absent',
];
const moments = { start: 'before it is ready', request: 'at a request', stop: 'when told to end' } as const;

/** What an outcome rests on, in words; null where it loads. */
export function noteOf({ outcome, words, case: name, moment, exit }: CompatCell): string | null {
  if (words === null) return null;
  const how = [
    ...(moment === null ? [] : [moments[moment]]),
    ...(name === null ? [] : [`in "${name}"`]),
    ...(outcome !== 'dies' || exit === null ? [] : [exit.signal ?? `exit ${exit.code}`]),
  ];
  return `${outcome}${how.length > 0 ? ` ${how.join(', ')}` : ''}: ${words}`;
}

/** Everything that was said, once for the same words, row by row. */
export function compatNotes({ subjects, envoys, cells }: Compat): string[] {
  const notes = subjects.flatMap(({ id }) =>
    envoys.flatMap(({ label }) => {
      const found = cells.find(({ subject, envoy }) => subject === id && envoy === label);
      return (found && noteOf(found)) ?? [];
    }),
  );
  return [...new Set(notes)];
}

/** What loads on which Envoy; null where that was not gathered. */
export function compatibility(matrix: Compat | null): BesideSection | null {
  if (matrix === null || matrix.cells.length === 0) return null;
  const { envoys, cells } = matrix;
  const notes = compatNotes(matrix);
  const cellOf = (id: string, label: string): GroupedCell => {
    const found = cells.find(({ subject, envoy }) => subject === id && envoy === label);
    if (!found) return cell('');
    const note = noteOf(found);
    return cell(found.outcome, {
      tint: found.outcome,
      hint: oneLine(note ?? meanings[found.outcome]),
      note: note === null ? null : notes.indexOf(note) + 1,
    });
  };
  const seen = new Set(cells.map(({ outcome }) => outcome));
  return {
    id: compatibilityId,
    title: 'What loads on which Envoy',
    intro:
      'Every build, script, server and filter of Envoy was started on every Envoy, and got requests that prove it.',
    key: compatOutcomes
      .filter((word) => seen.has(word))
      .map((word) => ({ word, tint: word, meaning: meanings[word] })),
    table: {
      columns: [
        { title: 'Subject', kind: 'word' },
        ...envoys.map(({ label }) => ({ title: label, kind: 'word' as const })),
      ],
      groups: compatParts(matrix).map(({ title, subjects }) => ({
        title,
        mechanism: null,
        rows: subjects.map((subject) => ({
          name: rowName(subject),
          detail: '',
          mechanism: subject.mechanism,
          cells: envoys.map(({ label }) => cellOf(subject.id, label)),
        })),
      })),
    },
    notes: notes.map(oneLine),
    remarks: [],
    chart: 'named',
  };
}

function rowName(subject: CompatSubject): string {
  const { group, name } = subject;
  if (name === null) return group;
  return isBuiltIn(subject) ? name : `${group}, ${name}`;
}
