import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../src/errors.js';
import { mechanismNames, mechanisms, selectVariants, variants } from '../../src/mechanisms/index.js';

const ids = (words: readonly string[]) => selectVariants(words).map(({ id }) => id);

describe('mechanisms and variants', () => {
  it('begin with the six of the article, in the order of every table', () => {
    const six = ['cpp', 'lua', 'wasm', 'dynamic-module', 'ext-proc', 'ext-authz'];
    expect(mechanismNames.slice(0, six.length)).toEqual(six);
    expect(new Set(mechanismNames).size).toBe(mechanisms.length);
    for (const name of mechanismNames) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('have ids of their own, and each belongs to its mechanism', () => {
    expect(new Set(variants.map(({ id }) => id)).size).toBe(variants.length);
    for (const { name, variants: own } of mechanisms) {
      expect(own.length).toBeGreaterThan(0);
      for (const variant of own) expect(variant.mechanism).toBe(name);
    }
  });

  it('are external where a server of theirs runs, else in-process', () => {
    for (const { id, class: kind, server } of variants)
      expect(kind, id).toBe(server === null ? 'in-process' : 'external');
  });
});

describe('a choice', () => {
  it('by mechanism stands for all its variants, by id for one', () => {
    expect(ids(['ext-authz'])).toEqual([
      'ext-authz/rust-grpc',
      'ext-authz/rust-grpc-uds',
      'ext-authz/rust-http',
      'ext-authz/typescript-grpc',
    ]);
    expect(ids(['ext-proc/rust-uds'])).toEqual(['ext-proc/rust-uds']);
  });

  it('comes in the order of every table, each variant once', () => {
    expect(ids(['ext-proc/rust', 'lua', 'ext-proc', 'cpp', 'lua'])).toEqual([
      'cpp',
      'lua',
      'lua/file',
      'ext-proc/rust',
      'ext-proc/rust-uds',
      'ext-proc/rust-streamed',
      'ext-proc/rust-duplex',
      'ext-proc/rust-observe',
      'ext-proc/rust-http',
      'ext-proc/typescript',
    ]);
    expect(ids(mechanismNames)).toEqual(variants.map(({ id }) => id));
    expect(ids([])).toEqual([]);
  });
});

describe('an unknown word', () => {
  const refusal = (word: string) => {
    try {
      selectVariants(['lua', word]);
    } catch (error) {
      return error as BadInputError;
    }
    throw new Error(`${word} was taken`);
  };

  it.each([
    ['lau', 'lua'],
    ['wams', 'wasm'],
    ['ext_proc', 'ext-proc'],
    ['ext-auth', 'ext-authz'],
    ['ext-proc/rust-udp', 'ext-proc/rust-uds'],
    ['dynamic-modules', 'dynamic-module'],
    ['LUA', 'lua'],
    ['kubernetes', null],
  ])('"%s" is taken for a slip of %s', (word, meant) => {
    const error = refusal(word);
    const suggestion = meant === null ? '' : ` (did you mean "${meant}"?)`;
    expect(error).toBeInstanceOf(BadInputError);
    expect(error.message).toBe(`unknown mechanism or variant "${word}"${suggestion}`);
    for (const name of mechanismNames) expect(error.next).toContain(name);
  });
});
