import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Found, openCache } from '../../src/compat/cache.js';

const dir = join(mkdtempSync(join(tmpdir(), 'filterbench-test-')), 'compat');
afterAll(() => rmSync(join(dir, '..'), { recursive: true }));

const key = 'a'.repeat(64);
const found: Found = {
  schema: 'filterbench/compat-cell@1',
  cell: {
    subject: 'dynamic-module/rust-1.36',
    envoy: '1.40.0',
    outcome: 'refused',
    words: 'no',
    case: null,
    moment: null,
    exit: { code: 1, signal: null },
    scenarios: ['headers'],
    key,
    triedAt: '2026-03-04T10:20:30.000Z',
    cached: false,
  },
  evidence: [],
};

it('gives back what was kept, and nothing under another key', async () => {
  const cache = await openCache(dir);
  expect(cache.look(key)).toBeUndefined();
  cache.keep(found);
  expect((await openCache(dir)).look(key)).toEqual(found);
  expect(cache.look('b'.repeat(64))).toBeUndefined();
  expect(readdirSync(dir)).toEqual([`${key}.json`]);
  expect(statSync(dir).mode & 0o077).toBe(0);
  cache.forget(key);
  expect(cache.look(key)).toBeUndefined();
  expect(() => cache.forget(key)).not.toThrow();
});

it('a file that is broken, of another shape or of another key counts for nothing, and is replaced', async () => {
  const cache = await openCache(dir);
  const file = join(dir, `${key}.json`);
  const other = { ...found, cell: { ...found.cell, key: 'c'.repeat(64) } };
  for (const text of ['{', '{}', JSON.stringify(found).replace('refused', 'liked'), JSON.stringify(other)]) {
    writeFileSync(file, text);
    expect(cache.look(key)).toBeUndefined();
  }
  cache.keep(found);
  expect(cache.look(key)).toEqual(found);
});
