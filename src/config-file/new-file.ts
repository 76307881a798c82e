import { stringify } from 'yaml';
import { wrapped } from '../report/format/text.js';
import { type FieldAbout, fields } from './fields.js';

const width = 80;

/**
 * A new filterbench.config.yaml. All of it is a comment, so that it changes nothing: `# ` begins an explanation, and `#` without a
 * space a field that can be set.
 */
export function newConfigFile(): string {
  const entries = Object.entries(fields).map(([field, about]) => entry(field, about));
  return `${[head, ...entries].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const head = comment(
  'Flags of filterbench for this folder. As it stands nothing is set: take the # away from a field to set it. Flags on the command ' +
    'line override it, --config names another file, --no-config none. Read by bench, calibrate and selftest; the last two leave out ' +
    'what is for bench alone.',
);

function entry(field: string, about: FieldAbout): string[] {
  const scope = about.for === 'bench' ? ' (bench)' : '';
  const without = about.without === undefined ? ' Default:' : ` Without it: ${about.without}. Such as:`;
  return [
    ...comment(`${about.about}${scope}${without}`),
    ...settingLines(field, about.shown).map((line) => `#${line}`),
  ];
}

/** A list on one line where it fits. */
function settingLines(field: string, value: FieldAbout['shown']): string[] {
  // The dashes of a list stand below its name: with spaces before them they would look like an explanation.
  const lines = stringify({ [field]: value }, { indentSeq: false });
  const line = Array.isArray(value) ? `${field}: [${value.join(', ')}]` : lines.trim();
  return line.length < width ? [line] : lines.trim().split('\n');
}

function comment(text: string): string[] {
  return wrapped(text, width - 2).map((line) => `# ${line}`);
}
