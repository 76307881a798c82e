import { FailedError } from './errors.js';

/** Names that a template may use, with what each stands for. */
export type Variables = Readonly<Record<string, unknown>>;

const whole = /^\$\{([\w.-]+)\}$/;
const inText = /\$\{([\w.-]+)\}/g;

// As YAML writes it, whose reader leaves it alone.
const merge = '<<';

/**
 * Fills `${name}` in a parsed YAML or JSON value. A text that is nothing but `${name}` becomes the value itself, of
 * any shape; in a list, a list value is spliced in, and what stands under `<<` gives its fields to the mapping around it.
 * Inside a longer text, texts and numbers are put in as they are, anything else as JSON. Nothing is evaluated.
 * @throws FailedError where a name is not known.
 */
export function fillTemplate(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillText(value, variables);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const filled = fillTemplate(item, variables);
      const spliced = typeof item === 'string' && whole.test(item) && Array.isArray(filled);
      return spliced ? filled : [filled];
    });
  }
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
      const filled = fillTemplate(item, variables);
      const merged = key === merge && filled !== null && typeof filled === 'object';
      return merged ? Object.entries(filled) : [[key, filled]];
    });
    return Object.fromEntries(fields);
  }
  return value;
}

/** A name that a template uses, and where. */
export interface NameUsed {
  readonly field: readonly (string | number)[];
  readonly name: string;
}

/** Every name that a parsed value uses, in order. */
export function namesUsed(value: unknown): NameUsed[] {
  if (typeof value === 'string')
    return [...value.matchAll(inText)].map(([, name = '']) => ({ field: [], name }));
  if (value === null || typeof value !== 'object') return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, item]) =>
    namesUsed(item).map(({ field, name }) => ({ field: [key, ...field], name })),
  );
}

function fillText(text: string, variables: Variables): unknown {
  const only = whole.exec(text)?.[1];
  if (only !== undefined) return lookUp(only, variables);
  return text.replace(inText, (_, name: string) => {
    const value = lookUp(name, variables);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  });
}

function lookUp(name: string, variables: Variables): unknown {
  if (Object.hasOwn(variables, name)) return variables[name];
  throw new FailedError(
    `nothing is known under \${${name}}`,
    `use one of: ${Object.keys(variables).sort().join(', ') || 'none'}`,
  );
}
