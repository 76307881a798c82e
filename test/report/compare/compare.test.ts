import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { comparisonLines, comparisonMarkdown } from '../../../src/report/compare/index.js';
import { type CompareOptions, compareRuns } from '../../../src/results/compare/index.js';
import type { Run } from '../../../src/results/schema/index.js';
import { comparedVariants, noisyRun } from '../../results/compare/made-runs.js';

let a: Run;
let changed: Run;
const variants = ['dynamic-module/rust', 'lua', 'wasm/rust', 'ext-proc/rust-uds'];

beforeAll(async () => {
  a = (await noisyRun(11, { variants })).run;
  changed = (await noisyRun(12, { variants, moreUs: { lua: 5, 'wasm/rust': -6 } })).run;
});

const at = (runs: readonly Run[]) => runs.map((run) => ({ dir: `results/${run.id}`, run }));
function shown(runs: readonly Run[], options: Partial<CompareOptions> = {}, width = 80, colour = false) {
  const comparison = compareRuns(at(runs), { force: false, failOn: null, ...options });
  const lines = comparisonLines(comparison, { width, colour });
  return { lines, text: lines.join('\n'), markdown: comparisonMarkdown(comparison, at(runs)) };
}

describe('on a terminal', () => {
  it.each([60, 80])('keeps within %i columns, whatever names and numbers are', (width) => {
    const long = 'a-variant-of-my-own/with-a-name-that-nobody-would-give-to-anything';
    const stretched = (run: Run): Run => ({
      ...run,
      id: `${run.id}-${'x'.repeat(90)}`,
      arms: run.arms.map((arm) => ({
        ...arm,
        variant: arm.variant === 'lua' ? long : arm.variant,
        overhead: arm.overhead && {
          ...arm.overhead,
          totalCpuUs: {
            ...arm.overhead.totalCpuUs,
            estimate: 1e5 * arm.overhead.totalCpuUs.estimate,
            perRestart: arm.overhead.totalCpuUs.perRestart.map((value) => 1e5 * value),
          },
        },
      })),
    });
    const other = { ...changed, fingerprint: { ...changed.fingerprint, cpu: 'y '.repeat(90) } };
    const runs = [stretched(a), stretched(other), stretched({ ...changed, id: 'third' })];
    const { lines } = shown(runs, { force: true, failOn: { us: 1 } }, width, true);
    for (const line of lines) expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(width);
    expect(shown([a, changed], {}, width).lines.every(({ length }) => length <= width)).toBe(true);
  });

  it('says first what got dearer, then what got cheaper, and marks them in the table', () => {
    const { lines, text } = shown([a, changed]);
    expect(text).toContain('B against A: 1 of 4 arms got dearer, 1 cheaper.');
    const named = lines.filter((line) => / µs of CPU \(/.test(line));
    expect(named[0]).toMatch(/^ {2}lua in headers: \+\d\.\d+ ±\d\.\d+ µs of CPU \(\+\d+\.\d % of its own\)/);
    expect(named[1]).toMatch(/^ {2}wasm\/rust in headers: −\d/);
    expect(text).toMatch(/^lua +\d+\.\d+ +\+\d\.\d+ ±\d\.\d+\* +0\.\d{3}\*.*dearer$/m);
    expect(text).toMatch(/^wasm\/rust .*cheaper$/m);
    expect(text).toMatch(/^ext-proc\S* +\d+\.\d+ +\S+ ±\d\.\d+ +[01]\.\d{3}(?!\*)/m);
    expect(text).toMatch(/headers without a filter: \d+\.\d µs in A, \d+\.\d µs in B/);
    expect(text).not.toContain('FORCED');
  });

  it('is marked where it was forced, and names what is unlike', () => {
    const other = { ...changed, fingerprint: { ...changed.fingerprint, cpu: 'another' } };
    const { text, markdown } = shown([a, other], { force: true });
    expect(text).toMatch(/^FORCED: these runs are unlike/m);
    expect(text).toContain('CPU: fake in A, another in B');
    expect(markdown).toMatch(/^> \[!WARNING\]\n> \*\*Forced\.\*\*/m);
    expect(markdown).toContain('> - CPU: fake in A, another in B');
  });

  it('says what came of --fail-on', () => {
    expect(shown([a, changed], { failOn: { share: 0.05 } }).text).toMatch(
      /--fail-on: Failed: 1 regression beyond 5 %\.\n {2}lua in headers of B: \+\d\.\d+ µs, \+\d+\.\d %/,
    );
    expect(shown([a, changed], { failOn: { us: 50 } }).text).toContain(
      '--fail-on: No called regression beyond 50 µs.',
    );
  });

  it('uses no escape codes without colour', () => {
    const failOn = { us: 1 };
    const coloured = shown([a, changed], { failOn }, 80, true).text;
    const { text } = shown([a, changed], { failOn });
    expect(text).not.toContain('\u001b');
    expect(coloured).not.toBe(text);
    expect(stripVTControlCharacters(coloured)).toBe(text);
  });
});

describe('as Markdown', () => {
  it('has what is called in a table, and folds the rest, the floors and what was asked', () => {
    const { markdown } = shown([a, changed]);
    const open = markdown.slice(0, markdown.indexOf('<details>'));
    const rows = open.split('\n').filter((line) => line.startsWith('| ') && line.includes(' in headers'));
    expect(rows.map((row) => row.split(' | ')[0])).toEqual(['| lua in headers', '| wasm/rust in headers']);
    expect(rows[0]).toMatch(/\\\* \| \+\d+\.\d % .* \| dearer \|$/);
    expect(markdown).toContain('<details><summary>2 arms without a called change</summary>\n\n| Arm');
    expect(markdown).toContain('<summary>Noise floors</summary>');
    expect(markdown).toMatch(/- In-process: ±\d/);
    expect(markdown).toContain('<summary>What was asked, and where</summary>');
    expect(markdown).toContain('- Folder: results/made-12');
    const count = (text: string) => markdown.split(text).length;
    expect(count('<details>')).toBe(count('</details>'));
    for (const variant of comparedVariants.filter((name) => variants.includes(name)))
      expect(markdown).toContain(`| ${variant} in headers |`);
  });

  it('lets no name out of its cell', () => {
    const odd = (run: Run): Run => ({
      ...run,
      arms: run.arms.map((arm) => (arm.variant === 'lua' ? { ...arm, variant: 'l|u<b>a' } : arm)),
    });
    const { markdown } = shown([odd(a), odd(changed)]);
    expect(markdown).toContain('| l\\|u&lt;b&gt;a in headers |');
    expect(markdown).not.toContain('<b>');
  });
});
