import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BadInputError } from '../src/errors.js';
import { parseYaml, readYamlFile } from '../src/yaml-file.js';

const schema = z.strictObject({
  name: z.string(),
  count: z.int().default(1),
  inner: z.strictObject({ items: z.array(z.number()) }).optional(),
});

const dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** What the first and the other lines of the complaint say. */
function complaint(text: string): string[] {
  try {
    parseYaml(text, 'some.yaml', schema);
  } catch (error) {
    expect(error).toBeInstanceOf(BadInputError);
    return (error as BadInputError).message.split('\n');
  }
  throw new Error('nothing was wrong');
}

describe('a YAML file of a person', () => {
  it('is read, with the defaults of its schema', async () => {
    const path = join(dir, 'good.yaml');
    writeFileSync(path, '# a comment\nname: x\ninner: { items: [1, 2] }\n');
    expect(await readYamlFile(path, schema)).toEqual({ name: 'x', count: 1, inner: { items: [1, 2] } });
  });

  it.each([
    ['that is not there', join(dir, 'none.yaml')],
    ['that is a folder', dir],
  ])('%s is named', async (_what, path) => {
    const reading = readYamlFile(path, schema);
    await expect(reading).rejects.toThrow(BadInputError);
    await expect(reading).rejects.toThrow(`${path} cannot be read`);
  });
});

describe('what is wrong is named by file, line and field', () => {
  it.each([
    ['a syntax error', 'name: x\ninner: [1\ncount: 2\n', /^some\.yaml:[23]: not valid YAML: /],
    ['a tab as indentation', 'name: x\ninner:\n\titems: [1]\n', /^some\.yaml:3: not valid YAML: /],
    ['a key twice', 'name: x\ncount: 1\nname: y\n', /^some\.yaml:3: not valid YAML: Map keys must be unique/],
    ['two documents', 'name: x\n---\nname: y\n', /^some\.yaml:2: not valid YAML: .*multiple documents/],
    ['a wrong type', 'name: x\ncount: many\n', /^some\.yaml:2: count: .*expected number, received string/],
    [
      'a wrong type deep inside',
      'name: x\ninner:\n  items:\n    - 1\n    - two\n',
      /^some\.yaml:5: inner\.items\.1: .*expected number/,
    ],
    ['a missing field', 'count: 2\n', /^some\.yaml:1: name: .*received undefined/],
    ['an unquoted asterisk', 'name: *\n', /^some\.yaml:1: not valid YAML: /],
    ['an empty file', '', /^some\.yaml:1: \(whole file\): .*received null/],
    ['a list for an object', '- name: x\n', /^some\.yaml:1: \(whole file\): .*received array/],
    ['an unknown field', 'name: x\ncolour: red\n', /^some\.yaml:2: colour: unknown field/],
  ])('%s', (_what, text, expected) => {
    expect(complaint(text)[0]).toMatch(expected);
  });

  it('every wrong field has a line of its own', () => {
    const lines = complaint('count: many\ninner: { items: none }\n');
    expect(lines).toHaveLength(3);
    expect(lines.every((line) => line.startsWith('some.yaml:'))).toBe(true);
    expect(lines.map((line) => line.split(': ')[1]).toSorted()).toEqual(['count', 'inner.items', 'name']);
  });

  it("an unknown field's own line", () => {
    expect(complaint('name: x\ncount: 2\ncolour: red\n')[0]).toMatch(/^some\.yaml:3: /);
  });

  it.each(['name: */*\n', 'name: *other\n'])('an unquoted asterisk: %j', (text) => {
    expect(complaint(text)[0]).toMatch(/^some\.yaml:1: /);
  });

  it("an unquoted asterisk's own line", () => {
    expect(complaint('count: 2\nname: *other\n')[0]).toMatch(/^some\.yaml:2: /);
  });
});

describe('a slip of the keys is told with the nearest', () => {
  const nested = z.strictObject({
    list: z.array(z.strictObject({ size: z.number() })).optional(),
    either: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('cost'), margin: z.number() }),
        z.strictObject({ kind: z.literal('rank'), order: z.string() }),
      ])
      .nullable()
      .default(null),
    any: z.record(z.string(), z.strictObject({ path: z.string() })).optional(),
    colour: z.enum(['red', 'green']).optional(),
  });
  const messageOf = (text: string) => {
    try {
      parseYaml(text, 'some.yaml', nested);
      return '';
    } catch (error) {
      return (error as BadInputError).message;
    }
  };

  it.each([
    ['a field', 'color: red\n', /:1: color: unknown field \(did you mean "colour"\?\)/],
    [
      'one in a list',
      'list:\n  - size: 1\n    siez: 2\n',
      /:3: list\.0\.siez: unknown field \(did you mean "size"\?\)/,
    ],
    ['one below any name', 'any:\n  x: { path: a, pth: b }\n', /unknown field \(did you mean "path"\?\)/],
    ['one of an alternative', 'either: { kind: cost, margin: 1, ordr: a }\n', /\(did you mean "order"\?\)/],
    ['a word', 'colour: gren\n', /:1: colour: .*\(did you mean "green"\?\)/],
  ])('%s', (_, text, expected) => expect(messageOf(text)).toMatch(expected));

  it('and nothing is guessed where nothing is near', () => {
    expect(messageOf('temperature: 3\n')).toBe('some.yaml:1: temperature: unknown field');
  });
});
