import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { terminalTable } from '../../src/report/index.js';
import { fixtureRun, leakedNumber } from './fixture-run.js';

const run = fixtureRun();
const wide = 'a-variant-of-my-own/with-a-name-that-nobody-would-give-to-anything-at-all';

describe('terminalTable', () => {
  it.each([60, 80, 120])('keeps within %i columns, whatever the names and reasons are', (width) => {
    const arms = run.arms.map((arm) => ({
      ...arm,
      variant: arm.variant === 'cpp' ? wide : arm.variant,
      reason: arm.reason === null ? null : `${arm.reason} ${'x'.repeat(200)}`,
    }));
    const lines = terminalTable({ ...run, arms }, { width, colour: true }).split('\n');
    for (const line of lines) expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(width);
  });

  it('aligns the columns of a table', () => {
    const lines = terminalTable(run, { width: 80, colour: false }).split('\n');
    const start = lines.findIndex((line) => line.startsWith('variant'));
    const status = lines[start]!.indexOf('status');
    for (const line of lines.slice(start + 1, start + 11)) expect(line.slice(status)).toBe('valid');
  });

  it('uses no escape codes without colour', () => {
    const plain = terminalTable(run, { width: 80, colour: false });
    const coloured = terminalTable(run, { width: 80, colour: true });
    expect(plain).not.toContain('\u001b');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
    expect(coloured).not.toBe(plain);
  });

  it('lets no control character of others through', () => {
    const warnings = [{ code: 'x', message: 'a\u001b[31mb\u001b[39m\n\u0007c', next: 'd' }];
    expect(terminalTable({ ...run, warnings }, { width: 80, colour: false })).toContain('x: ab c\n  d');
  });

  it('gives half widths, noise and reasons, and no number of an invalid arm', () => {
    const text = terminalTable(run, { width: 80, colour: false });
    expect(text).toMatch(/lua +2\.27 ±0\.36/);
    expect(text).toMatch(/cpp +~0\.\d+ ±/);
    expect(text).toContain('noise floor');
    expect(text).toContain('lua in access is invalid: proof');
    expect(text).toContain('shared-core');
    expect(text).not.toContain(leakedNumber.toLocaleString('en-US'));
  });

  it('shows no intervals in smoke', () => {
    const text = terminalTable(fixtureRun('smoke'), { width: 80, colour: false });
    expect(text).toContain('smoke: no intervals, nothing is ranked');
    expect(text).not.toMatch(/[±~]/);
  });
});
