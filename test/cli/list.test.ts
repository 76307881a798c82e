import { afterEach, describe, expect, it, vi } from 'vitest';
import { listCommand } from '../../src/cli/list.js';
import { type SupportEntry, supportLines } from '../../src/cli/support-table.js';
import { BadInputError } from '../../src/errors.js';
import { variants } from '../../src/mechanisms/index.js';

afterEach(() => vi.restoreAllMocks());

async function listed(...args: string[]): Promise<string> {
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  await listCommand().parseAsync(args, { from: 'user' });
  return printed.join('');
}

it('names scenarios once, whatever they have of a series', async () => {
  const { scenarios } = JSON.parse(await listed('--json'));
  const names = scenarios.map(({ name }: { name: string }) => name);
  expect(names.slice(0, 3)).toEqual(['noop', 'headers', 'access']);
  expect(new Set(names).size).toBe(names.length);
  expect(scenarios[0]).toEqual({ name: 'noop', title: 'Do nothing, twice', series: null });
});

it('shows every name that a series can be called by', async () => {
  const { scenarios } = JSON.parse(await listed('--json'));
  const text = await listed();
  for (const { name, series } of scenarios) {
    expect(text).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    for (const rung of series?.rungs ?? []) expect(text).toContain(rung.name);
  }
});

describe('what runs on an Envoy version', () => {
  const supportOf = async (...args: string[]) => {
    const { support } = JSON.parse(await listed('--json', ...args)) as { support: SupportEntry[] };
    return support;
  };
  const entryOf = (support: readonly SupportEntry[], variant: string, scenario: string) =>
    support.find((entry) => entry.variant === variant && entry.scenario === scenario);

  it('is said of every variant in every scenario, with a reason where it does not', async () => {
    const { envoy, scenarios, support } = JSON.parse(await listed('--json'));
    expect(envoy).toBe('1.40.0');
    expect(support).toHaveLength(variants.length * scenarios.length);
    for (const { variant, scenario, status, reason } of support as SupportEntry[])
      expect(reason === null, `${variant} in ${scenario}`).toBe(status === 'supported');
    expect(entryOf(support, 'lua', 'headers')).toMatchObject({ mechanism: 'lua', status: 'supported' });
    expect(entryOf(support, 'cpp', 'redact')?.status).toBe('unsupported');
  });

  it('differs by version', async () => {
    const older = await supportOf('--envoy', 'v1.36.4');
    expect(entryOf(older, 'cpp', 'json-rewrite')).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining('1.37'),
    });
    expect(entryOf(await supportOf('--envoy', '1.40.0'), 'cpp', 'json-rewrite')?.status).toBe('supported');
  });

  it.each([60, 80, 120])(
    'is a table of at most %i columns, whose numbers are reasons below it',
    async (width) => {
      const support = await supportOf('--envoy', '1.36.4');
      const lines = supportLines(support, width);
      const text = lines.join('\n');
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      for (const { variant, scenario } of support) {
        expect(text).toMatch(new RegExp(`^${variant} `, 'm'));
        expect(text).toMatch(new RegExp(` ${scenario}( |$)`, 'm'));
      }
      const numbers = new Set([...text.matchAll(/ \[(\d+)\]/g)].map(([, number]) => number));
      const explained = [...text.matchAll(/^\[(\d+)\] (?:unsupported|unavailable): /gm)].map(
        ([, number]) => number,
      );
      expect(new Set(explained)).toEqual(numbers);
      expect(explained).toHaveLength(numbers.size);
    },
  );

  it('keeps what it says of each cell', () => {
    const about = { mechanism: 'lua', reason: null, status: 'supported' } as const;
    const no = { ...about, status: 'unsupported', reason: 'it cannot' } as const;
    const entries: SupportEntry[] = [
      { ...about, variant: 'a', scenario: 'one' },
      { ...no, variant: 'a', scenario: 'three' },
      { ...no, variant: 'long', scenario: 'one' },
      { ...about, variant: 'long', scenario: 'three' },
    ];
    expect(supportLines(entries, 80)).toEqual([
      '      one  three',
      'a     yes  [1]',
      'long  [1]  yes',
      '[1] unsupported: it cannot',
    ]);
    expect(supportLines(entries, 10).slice(0, 4)).toEqual(['      one', 'a     yes', 'long  [1]', '']);
  });

  it('needs a version', async () => {
    await expect(listed('--envoy', './envoy')).rejects.toThrow(BadInputError);
  });

  it('is shown below what can be named', async () => {
    const text = await listed('--envoy', '1.36.4');
    expect(text).toMatch(/^profiles$[\s\S]*^what runs on Envoy 1\.36\.4$[\s\S]*^ {2}lua .*yes/m);
  });
});
