import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../src/errors.js';
import { probes, selectProbes } from '../../src/probes/list.js';

const capabilities = [
  'cap-extauthz-request-only',
  'cap-extproc-body',
  'cap-ext-grpc-http',
  'cap-lua-inline',
  'cap-wasm-runtimes',
  'cap-wasm-languages',
  'cap-dynmod-languages',
  'cap-dynamic-load',
];

describe('the list of probes', () => {
  it('has each id once', () => {
    const ids = probes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('covers every claim of what mechanisms can do, and no other', () => {
    expect(new Set(probes.flatMap(({ claims }) => claims))).toEqual(new Set(capabilities));
  });

  it('runs swaps alone: others beside them would move their times', () => {
    for (const { id, alone = false } of probes) expect(alone, id).toBe(id.startsWith('swap/'));
  });
});

describe('choosing probes', () => {
  it('goes by parts of names and claims', () => {
    expect(selectProbes(['lua/']).map(({ id }) => id)).toEqual(['lua/inline', 'lua/file', 'lua/waits']);
    expect(selectProbes(['cap-dynamic-load']).every(({ id }) => id.startsWith('swap/'))).toBe(true);
    expect(selectProbes([])).toBe(probes);
  });

  it('knows no others', () => {
    expect(() => selectProbes(['lua', 'perl'])).toThrow(BadInputError);
    expect(() => selectProbes(['perl'])).toThrow(/no probe is called "perl"/);
  });
});
