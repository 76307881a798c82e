import { describe, expect, it } from 'vitest';
import { reportHtml, reportMarkdown, terminalTable } from '../../src/report/index.js';
import type { Run, Shortfall } from '../../src/results/schema/index.js';
import { runSchema } from '../../src/results/schema/index.js';
import { fixtureRun } from './fixture-run.js';

const whole = fixtureRun();
const shortfalls = Array.from(
  { length: 200 },
  (_, index): Shortfall => ({
    arm: `headers/arm-${index}@1.40.0`,
    halfWidthUs: index === 0 ? null : 40 - index / 10,
    targetUs: 1.25,
    restarts: index === 0 ? 2 : 9,
    restartsNeeded: index === 0 ? null : 9_000 - index,
  }),
);
const short: Run = {
  ...whole,
  profile: 'full',
  plan: { ...whole.plan, precisionUs: 1, precisionShare: 0.03, budgetBinds: true, budgetSeconds: 3_600 },
  conduct: {
    ...whole.conduct!,
    stopped: 'budget',
    restarts: [
      { scenario: 'noop', restarts: 9, seconds: 90 },
      { scenario: 'headers', restarts: 10, seconds: 100 },
    ],
  },
  warnings: [
    {
      code: 'short-of-precision',
      message: '200 of 400 arms fell short of ±1 µs',
      next: '--budget 90m would do',
      shortfalls,
    },
  ],
};

describe('a run of which arms fell short of the precision', () => {
  it('is a run by the schema, as is one of before there were shortfalls', () => {
    expect(runSchema.parse(short)).toEqual(short);
    expect(runSchema.parse(whole)).toEqual(whole);
  });

  it('lists every one of them in the page and in report.md', () => {
    const [page, text] = [reportHtml(short, []), reportMarkdown(short, [])];
    expect(page).toContain('<h2>Short of the precision</h2>');
    expect(text).toContain('## Short of the precision');
    for (const { arm } of shortfalls) {
      expect(page).toContain(`>${arm}<`);
      expect(text).toContain(`| ${arm} |`);
    }
    expect(text).toContain('| headers/arm-1@1.40.0 | 39.9 | 1.25 | 9 | 8,999 |');
    expect(text).toContain('| headers/arm-0@1.40.0 | – | 1.25 | 2 | – |');
  });

  it('stays short on a terminal', () => {
    const lines = terminalTable(short, { width: 80, colour: false }).split('\n');
    const plain = terminalTable({ ...short, warnings: [] }, { width: 80, colour: false }).split('\n');
    expect(lines.length - plain.length).toBeLessThan(6);
    expect(lines.join('\n')).toContain('short-of-precision: 200 of 400 arms');
  });

  it('says how many restarts were done, and what ended it', () => {
    const text = reportMarkdown(short, []);
    expect(text).toMatch(/Profile: full: 9 to 10 restarts/);
    expect(text).toContain('Precision asked for: ±1 µs or 3 % of the own cost');
    expect(text).toContain('Ended: the budget of 60 min was spent');
  });

  it('has no such section where none did', () => {
    expect(reportHtml(whole, [])).not.toContain('Short of the precision');
    expect(reportMarkdown(whole, [])).not.toContain('Short of the precision');
  });
});
