import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { packagePaths } from '../../src/paths.js';
import { historySchema } from '../../src/results/schema/index.js';
import { madeHistory } from '../results/history/made-history.js';
import { ran } from './ran.js';

const parent = mkdtempSync(join(tmpdir(), 'filterbench-history-'));
const [runs, damaged, out] = ['runs', 'damaged', 'out'].map((name) => join(parent, name)) as [
  string,
  string,
  string,
];

beforeAll(async () => {
  const made = await madeHistory(4, 500, (place) => ({ moreUs: { lua: place >= 2 ? 5 : 0 } }));
  for (const [place, { run }] of made.entries()) {
    const dir = join(runs, `day ${place + 1}`);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'run.json'), JSON.stringify(run));
    if (place > 0) writeFileSync(join(dir, 'report.html'), '');
  }
  mkdirSync(join(damaged, 'half'), { recursive: true });
  writeFileSync(join(damaged, 'half', 'run.json'), '{"schema":');
});
afterAll(() => rmSync(parent, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const strung = (...args: string[]) => ran('history', ...args);

describe('filterbench history', () => {
  it('prints at most 80 columns, and writes page, Markdown and charts', async () => {
    const { code, stdout, stderr } = await strung(runs, damaged, '--out', out);
    expect(code, stderr).toBe(ExitCode.done);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^lua +4 +1\d\.\d/m);
    expect(stdout).toMatch(/^2026-03-03, after 2026-03-02: the same Envoy\n {2}lua in headers: \+\d/m);
    expect(stdout).toMatch(/half \(damaged\):/);
    expect(stdout).toMatch(/history: .*history\.html\n$/);
    expect(readdirSync(out).sort()).toEqual(['history-charts', 'history.html', 'history.md']);
    expect(readdirSync(join(out, 'history-charts')).sort()).toEqual(
      ['png', 'svg', 'vl.json'].map((end) => `headers-in-process.${end}`),
    );
    const html = readFileSync(join(out, 'history.html'), 'utf8');
    expect(html).toContain('<a href="../runs/day%202/report.html">2026-03-02</a>');
    // A run without a report is named without a link.
    expect(html).not.toContain('day%201');
  });

  it('prints JSON that its published schema promises, and writes nothing then', async () => {
    const before = existsSync('results/history');
    const { stdout, code } = await strung(runs, '--json');
    expect(code).toBe(ExitCode.done);
    const path = join(packagePaths.root, 'results', 'schema', 'history.schema.json');
    const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
    const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
    const history = JSON.parse(stdout);
    expect(validate(history), ajv.errorsText(validate.errors)).toBe(true);
    const { lines } = historySchema.parse(history);
    expect(lines[0]!.steps.map(({ totalCpuUs }) => totalCpuUs.called)).toEqual([false, true, false]);
    expect(existsSync('results/history')).toBe(before);
  });

  it('takes a file, and removes charts of before but nothing else', async () => {
    const charts = join(out, 'page-charts');
    mkdirSync(charts, { recursive: true });
    for (const name of ['old.svg', 'notes.txt']) writeFileSync(join(charts, name), '');
    expect((await strung(runs, '--out', join(out, 'page.html'))).code).toBe(ExitCode.done);
    expect(existsSync(join(out, 'page.md'))).toBe(true);
    expect(existsSync(join(charts, 'old.svg'))).toBe(false);
    expect(existsSync(join(charts, 'notes.txt'))).toBe(true);
  });

  it('uses no colour where none is wanted', async () => {
    const isTTY = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY');
    Object.defineProperty(process.stdout, 'isTTY', { value: true, configurable: true });
    try {
      expect((await strung(runs, '--out', out)).stdout).toContain('\u001b[');
      vi.stubEnv('NO_COLOR', '1');
      expect((await strung(runs, '--out', out)).stdout).not.toContain('\u001b[');
    } finally {
      if (isTTY) Object.defineProperty(process.stdout, 'isTTY', isTTY);
      else Reflect.deleteProperty(process.stdout, 'isTTY');
    }
  });

  it('--strict exits with 1 where a run cannot be read', async () => {
    expect((await strung(runs, damaged, '--json', '--strict')).code).toBe(ExitCode.gateFailed);
    expect((await strung(runs, '--json', '--strict')).code).toBe(ExitCode.done);
  });

  it('shows what was asked for', async () => {
    const { stdout } = await strung(runs, '--json', '--since', '2026-03-02', '--last', '2');
    expect(JSON.parse(stdout)).toMatchObject({ olderRuns: 2, runs: [{}, {}] });
  });

  it.each([
    [['--since', 'yesterday'], /write a date such as/],
    [['--since', '2026-13-40'], /write a date such as/],
    [['--last', '0'], /a whole number from 1/],
    [['--mechanisms', 'lau'], /did you mean "lua"/],
    [['--scenarios', 'access'], /is in none of the runs/],
    [['--lsat', '3'], /Did you mean --last\?/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr, stdout } = await strung(runs, ...args);
    expect(code).toBe(ExitCode.badInput);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^ {2}next: /m);
    expect(stdout).toBe('');
  });

  it('refuses folders without a run, and where none can be shown', async () => {
    expect((await strung(out)).stderr).toMatch(/no run in .*\n {2}next: /);
    const { code, stderr } = await strung(damaged);
    expect(code).toBe(ExitCode.badInput);
    expect(stderr).toMatch(/no run can be shown:\n.*half: run\.json: not valid JSON/);
  });
});
