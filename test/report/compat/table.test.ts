import { expect, it } from 'vitest';
import { compatTable } from '../../../src/report/compat/index.js';
import { compatSchema } from '../../../src/results/schema/index.js';
import { fixtureCompat } from './fixture-compat.js';

const compat = fixtureCompat();

it('the fixture is what compat.json holds', () => {
  expect(() => compatSchema.parse(compat)).not.toThrow();
});

it.each([60, 80, 120])('fits %i columns', (width) => {
  for (const line of compatTable(compat, width)) expect(line.length, line).toBeLessThanOrEqual(width);
});

it('needs one block for five Envoys in 80 columns', () => {
  const heads = compatTable(compat, 80).filter((line) => /^ +1\.36\.4 {2}/.test(line));
  expect(heads).toHaveLength(1);
  expect(heads[0]!.trim().split(/ +/)).toEqual(['1.36.4', '1.37.0', '1.38.3', '1.39.3', '1.40.0']);
});

it('says of every subject on every Envoy what came of it', () => {
  const lines = compatTable(compat, 200);
  const row = (name: string) => lines.find((line) => line.startsWith(name))!.slice(name.length);
  const words = (name: string) => row(name).trim().split(/ {2,}/);
  expect(words('no filter')).toEqual(Array(5).fill('loads'));
  expect(words('wasm/assemblyscript')[2]).toMatch(/^absent \d+$/);
  expect(words('ext-authz/rust-grpc')[4]).toMatch(/^misbehaves \d+$/);
  expect(words('  json_to_metadata')[0]).toMatch(/^dies \d+$/);
  expect(row('dynamic-module/rust')).toBe('');
  // The first of that name is Rust's.
  expect(words('  ABI 1.36').map((cell) => cell.split(' ')[0])).toEqual([
    'loads',
    'refused',
    'warns',
    'warns',
    'warns',
  ]);
});

it('numbers what was said, once for the same words, and explains every number', () => {
  const lines = compatTable(compat, 2_000);
  const numbers = lines.flatMap((line) =>
    [...line.matchAll(/(?:refused|warns|dies|misbehaves|absent) (\d+)(?= |$)/g)].map(([, number]) => number),
  );
  const notes = new Map(
    lines.flatMap((line): [string, string][] => {
      const [, number, text] = /^ *(\d+) {2}(\S.*)$/.exec(line) ?? [];
      return number === undefined ? [] : [[number, text!]];
    }),
  );
  expect(new Set(numbers)).toEqual(new Set(notes.keys()));
  expect(new Set(notes.values()).size).toBe(notes.size);
  expect([...notes.values()]).toContain('absent: compiled without support');
  expect([...notes.values()]).toContain('misbehaves in "a header is set": status 403, expected 200');
  expect([...notes.values()]).toContain(
    'dies at a request, in "load mix", SIGSEGV: Caught Segmentation fault',
  );
  expect([...notes.values()]).toContain('dies when told to end, exit 3: it printed nothing');
});
