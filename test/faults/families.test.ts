import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../src/errors.js';
import { faults, selectFaults } from '../../src/faults/families/index.js';
import { faultId } from '../../src/faults/fault.js';
import { faultTitle } from '../../src/faults/titles.js';

describe('the faults', () => {
  it('have a name each, and those that the article names have some', () => {
    const ids = faults.map(faultId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(faults.map(({ mechanism }) => mechanism))).toEqual(
      new Set(['cpp', 'lua', 'wasm', 'dynamic-module', 'ext-proc', 'ext-authz']),
    );
  });

  it('are called alike in a report, which knows only their names', () => {
    for (const { name, title } of faults) expect(faultTitle(name)).toBe(title);
    expect(faultTitle('of a later version')).toBe('');
  });

  it('are made of files that are there, for every Envoy that is compared', () => {
    for (const fault of faults) {
      for (const version of ['1.36.4', '1.37.0', '1.39.3', '1.40.0'])
        for (const file of fault.reads(version)) expect(existsSync(file), file).toBe(true);
    }
  });

  it('end by themselves, or are held back: those that take all they get are limited, by Envoy or by their VM', () => {
    for (const { name, mechanism, headroomMiB, takesMiB } of faults) {
      expect(takesMiB).toBeLessThanOrEqual(1_536);
      if (name === 'exhaust') expect(headroomMiB !== undefined || mechanism === 'wasm').toBe(true);
    }
  });

  it('are chosen by words', () => {
    expect(selectFaults([])).toBe(faults);
    expect(selectFaults(['lua:', 'FAIL_OPEN']).every((fault) => /^lua:|FAIL_OPEN/.test(faultId(fault)))).toBe(
      true,
    );
    expect(() => selectFaults(['lua', 'no-such'])).toThrow(BadInputError);
  });
});
