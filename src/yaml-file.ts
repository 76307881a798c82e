import { readFile } from 'node:fs/promises';
import { type Alias, type Document, isNode, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { BadInputError } from './errors.js';
import { knownFields } from './known-fields.js';
import { suggest } from './suggest.js';

/**
 * Reads a YAML file that a person wrote, and checks its shape.
 * @throws BadInputError naming file, line and field.
 */
export async function readYamlFile<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> {
  return (await openYamlFile(path, schema)).value;
}

/** A checked YAML file, and a way to complain about a field that only its reader can judge. */
export interface YamlFile<T> {
  readonly value: T;
  /** An error that names the file, the field's line and the field. */
  complain(field: readonly PropertyKey[], message: string): BadInputError;
}

/** As `readYamlFile`, for readers that check more than the shape. */
export async function openYamlFile<T extends z.ZodType>(
  path: string,
  schema: T,
): Promise<YamlFile<z.infer<T>>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new BadInputError(`${path} cannot be read`, 'check the path and its permissions', error);
  }
  return openYaml(text, path, schema);
}

/** As `readYamlFile`, for text that is at hand. */
export function parseYaml<T extends z.ZodType>(text: string, path: string, schema: T): z.infer<T> {
  return openYaml(text, path, schema).value;
}

function openYaml<T extends z.ZodType>(text: string, path: string, schema: T): YamlFile<z.infer<T>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    throw new BadInputError(
      `${path}:${line}: not valid YAML: ${broken.message.split('\n')[0]}`,
      'mend that line',
    );
  }
  const lost = firstLostAlias(document);
  if (lost) {
    const { line } = lines.linePos(lost.range?.[0] ?? 0);
    const message = `${path}:${line}: *${lost.source} refers to nothing`;
    throw new BadInputError(message, 'put quotes around a text that begins with *');
  }
  const parsed = schema.safeParse(document.toJS(), { reportInput: true });
  const complain = (
    problems: readonly { readonly field: readonly PropertyKey[]; readonly message: string }[],
  ) =>
    new BadInputError(
      problems
        .map(({ field, message }) => {
          const line = lineOf(document, lines, field);
          return `${path}:${line}: ${field.join('.') || '(whole file)'}: ${message}`;
        })
        .join('\n'),
      'mend the fields named above',
    );
  if (!parsed.success) throw complain(parsed.error.issues.flatMap((issue) => toProblems(issue, schema)));
  return { value: parsed.data, complain: (field, message) => complain([{ field, message }]) };
}

// zod names the parent of an unknown field; a reader looks for the field.
function toProblems(issue: z.core.$ZodIssue, schema: z.ZodType): { field: PropertyKey[]; message: string }[] {
  const { path: field, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ field, message: message + nearValue(issue) }];
  const known = knownFields(schema, field);
  return issue.keys.map((key) => ({
    field: [...field, key],
    message: `unknown field${suggest(key, known)}`,
  }));
}

/** The nearest of the words that a field may hold, where what it holds is a slip of one. */
function nearValue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_value' || typeof issue.input !== 'string') return '';
  return suggest(
    issue.input,
    issue.values.filter((value) => typeof value === 'string'),
  );
}

/** An alias without its anchor, such as an unquoted asterisk: a document that holds one has no value. */
function firstLostAlias(document: Document): Alias | null {
  let lost: Alias | null = null;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return undefined;
      lost = alias;
      return visit.BREAK;
    },
  });
  return lost;
}

// A missing field has no place of its own: the nearest parent that is there is shown.
function lineOf(document: Document, lines: LineCounter, field: readonly PropertyKey[]): number {
  for (let depth = field.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? document.contents : document.getIn(field.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
