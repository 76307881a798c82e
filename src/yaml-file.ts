import { readFile } from 'node:fs/promises';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { BadInputError } from './errors.js';

/**
 * Reads a YAML file that a person wrote, and checks its shape.
 * @throws BadInputError naming file, line and field.
 */
export async function readYamlFile<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new BadInputError(`${path} cannot be read`, 'check the path and its permissions', error);
  }
  return parseYaml(text, path, schema);
}

/** As `readYamlFile`, for text that is at hand. */
export function parseYaml<T extends z.ZodType>(text: string, path: string, schema: T): z.infer<T> {
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
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path: field, message }) => {
    const line = lineOf(document, lines, field);
    return `${path}:${line}: ${field.join('.') || '(whole file)'}: ${message}`;
  });
  throw new BadInputError(issues.join('\n'), 'mend the fields named above');
}

// A missing field has no place of its own: the nearest parent that is there is shown.
function lineOf(document: Document, lines: LineCounter, field: readonly PropertyKey[]): number {
  for (let depth = field.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? document.contents : document.getIn(field.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
