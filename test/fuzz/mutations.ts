import fc from 'fast-check';

/** What is done to a file: a stretch of it is lost, repeated, or gives way to something else. */
export interface Mutation {
  readonly at: number;
  readonly length: number;
  readonly kind: 'drop' | 'double' | 'replace';
  readonly by: string;
}

const nasty = [
  ...['null', '{}', '[]', '-1', '1e999', 'NaN', '""', '"\\ud800"', '\u0000', '\ufeff', '\t', '\n', '}', ']'],
  ...[
    '*',
    '&a',
    '!!binary x',
    '<<: *a',
    '__proto__: {}',
    '"__proto__":{"a":1}',
    '../../x',
    '~',
    '- - -',
    '%',
  ],
];

/** Mutations of any file; places are shares of its length. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(40)),
    kind: fc.constantFrom('drop' as const, 'double' as const, 'replace' as const),
    by: fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 12 })),
  }),
  { minLength: 1, maxLength: 4 },
);

/** The text after all of them. */
export function mutated(text: string, list: readonly Mutation[]): string {
  return list.reduce((now, { at, length, kind, by }) => {
    const from = Math.floor(at * now.length);
    const piece = now.slice(from, from + length);
    const instead = { drop: '', double: piece + piece, replace: by }[kind];
    return now.slice(0, from) + instead + now.slice(from + length);
  }, text);
}

/** A JSON value with one of its parts, the one that the number falls on, in another's place. */
export function withValueAt(value: unknown, number: number, instead: unknown): unknown {
  const all = pathsOf(value);
  const path = all[number % all.length] ?? [];
  return replaced(value, path, instead);
}

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], instead: unknown): unknown {
  if (key === undefined) return instead;
  if (Array.isArray(value))
    return value.map((part, index) => (String(index) === key ? replaced(part, rest, instead) : part));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[key], rest, instead) };
}
