import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BenchFlags, benchFlags } from '../../src/cli/bench/options.js';
import { main } from '../../src/cli/main.js';
import { wholeCommand } from '../../src/cli/run/config-file.js';
import { type RunFlags, runFlags } from '../../src/cli/run/flags.js';
import { BadInputError, ExitCode } from '../../src/errors.js';

const name = 'filterbench.config.yaml';
let dir: string;
let said: string[];
let before: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-config-'));
  before = process.cwd();
  process.chdir(dir);
  said = [];
  const hear = (text: unknown) => said.push(String(text)) > 0;
  vi.spyOn(process.stderr, 'write').mockImplementation(hear);
  vi.spyOn(process.stdout, 'write').mockImplementation(hear);
});
afterEach(() => {
  process.chdir(before);
  rmSync(dir, { recursive: true });
  vi.restoreAllMocks();
});

async function parsed<T extends RunFlags>(make: (flags: Command) => Command, id: string, words: string[]) {
  let flags: T | undefined;
  const argv = vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', 'filterbench', id, ...words]);
  const command = make(new Command(id)).exitOverride();
  await command
    .action((given: T) => {
      flags = given;
    })
    .parseAsync(words, { from: 'user' });
  argv.mockRestore();
  return flags!;
}
const bench = (...words: string[]) => parsed<BenchFlags>((command) => benchFlags(command), 'bench', words);
const calibrate = (...words: string[]) =>
  parsed<RunFlags>((command) => runFlags(command), 'calibrate', words);
const withoutAsked = ({ asked: _, ...flags }: BenchFlags) => flags;

const everything = `envoy: [1.38.2, 1.40.0]
mechanisms: lua
variants: [mine.yaml, other.yaml]
scenarios: [headers, redact-16k]
profile: full
budget: 5m
precision: 1us,3%
rates: [2000, 1000]
seed: 7
runtime: docker
imageTemplate: me/envoy:{version}
containerNetwork: mapped
memory: 2g
client: autocannon
portBase: 20000
out: here
allowUnpinned: true
strict: true
`;

describe('filterbench init', () => {
  it('writes a file that changes nothing', async () => {
    const without = await bench();
    expect(await main(['init'])).toBe(ExitCode.done);
    const text = readFileSync(name, 'utf8');
    for (const line of text.split('\n')) {
      expect(line).toMatch(/^#|^$/);
      expect(line.length).toBeLessThanOrEqual(80);
    }
    expect(withoutAsked(await bench())).toEqual(withoutAsked(without));
    expect((await bench()).asked).toEqual(without.asked);
    expect(without.asked?.configFile).toBeNull();
  });

  it('never overwrites one, but with --force', async () => {
    writeFileSync(name, 'seed: 7\n');
    expect(await main(['init'])).toBe(ExitCode.badInput);
    expect(readFileSync(name, 'utf8')).toBe('seed: 7\n');
    expect(said.join('')).toMatch(/is there already\n {2}next: .*--force/);
    expect(await main(['init', '--force'])).toBe(ExitCode.done);
    expect(readFileSync(name, 'utf8')).toMatch(/^#seed: 7$/m);
  });

  it('shows fields that can be set as they stand', async () => {
    await main(['init']);
    const set = readFileSync(name, 'utf8')
      .replace(/^#(?! )/gm, '')
      .replace(/^# .*$/gm, '');
    writeFileSync(name, set);
    const flags = await bench();
    expect(flags).toMatchObject({ envoy: ['1.40.0'], profile: 'quick', budget: 600, runtime: 'auto' });
    expect(flags).toMatchObject({ scenarios: ['noop', 'headers', 'access'], rate: [1_000, 2_000, 4_000] });
    expect(flags).toMatchObject({ allowUnpinned: false, strict: false, variant: ['my-filter.yaml'] });
  });
});

describe('the file of the current folder', () => {
  it('gives every flag, as the command line would', async () => {
    writeFileSync(name, everything);
    const flags = await bench();
    const { command = [], configFile } = flags.asked!;
    expect(configFile).toBe(name);
    const again = await bench(...command.slice(1));
    expect(withoutAsked({ ...again, config: undefined } as BenchFlags)).toEqual(
      withoutAsked({ ...flags, config: undefined } as BenchFlags),
    );
    expect(flags).toMatchObject({
      envoy: ['1.38.2', '1.40.0'],
      mechanisms: ['lua'],
      variant: ['mine.yaml', 'other.yaml'],
      profile: 'full',
      budget: 300,
      precision: { us: 1, share: 0.03 },
      rate: [1_000, 2_000],
      seed: 7,
      runtime: 'docker',
      memory: 2_048,
      out: 'here',
      strict: true,
    });
  });

  it('gives the same wherever the stored command is given', async () => {
    writeFileSync(name, everything);
    const { command = [] } = (await bench('--json', '--seed', '8')).asked!;
    expect(command.slice(0, 4)).toEqual(['bench', '--json', '--seed', '8']);
    expect(command.at(-1)).toBe('--no-config');
    writeFileSync(name, 'seed: 9\nprofile: smoke\n');
    expect(await bench(...command.slice(1))).toMatchObject({ seed: 8, profile: 'full', budget: 300 });
  });

  it('is told of on stderr, with what it gives', async () => {
    writeFileSync(name, 'seed: 7\nprofile: smoke\n');
    await bench('--profile', 'quick');
    expect(said).toEqual([`flags from ${name}: --seed 7\n`]);
  });

  it('gives way to flags', async () => {
    writeFileSync(name, everything);
    const words = ['--profile', 'quick', '--variant', 'third.yaml', '--no-strict', '--envoy', '1.39.3'];
    const flags = await bench(...words);
    const { asked } = flags;
    expect(flags).toMatchObject({ profile: 'quick', variant: ['third.yaml'], strict: false });
    expect(flags.envoy).toEqual(['1.39.3']);
    expect(asked?.command).not.toContain('--strict');
    expect(asked?.command.filter((word) => word === '--variant')).toHaveLength(1);
  });

  it('is left alone with --no-config', async () => {
    writeFileSync(name, 'nonsense: true\n');
    const flags = await bench('--no-config');
    expect(flags.asked).toEqual({ command: ['bench', '--no-config'], configFile: null });
  });

  it('gives calibrate what is not for bench alone', async () => {
    writeFileSync(name, 'seed: 7\nmechanisms: [cpp]\nbudget: 60m\nout: here\nruntime: docker\n');
    const flags = await calibrate();
    expect(flags).toMatchObject({ seed: 7, runtime: 'docker' });
    expect(flags.budget).toBeUndefined();
    expect(flags.out).toBeUndefined();
  });

  it('may hold nothing', async () => {
    writeFileSync(name, '');
    expect((await bench()).profile).toBe('quick');
  });
});

describe('another file', () => {
  it('is named, and its paths are relative to it', async () => {
    mkdirSync('sub');
    writeFileSync(join('sub', 'my.yaml'), 'variants: mine.yaml\nout: /tmp/x\nenvoy: [1.40.0, ./envoy]\n');
    const flags = await bench('--config', 'sub/my.yaml');
    expect(flags).toMatchObject({ variant: ['sub/mine.yaml'], out: '/tmp/x' });
    expect(flags.envoy).toEqual(['1.40.0', 'sub/envoy']);
    expect(flags.asked).toMatchObject({ configFile: 'sub/my.yaml' });
    expect(flags.asked?.command).not.toContain('--config');
  });

  it('must be there', async () => {
    await expect(bench('--config', 'none.yaml')).rejects.toThrow('none.yaml cannot be read');
  });
});

describe('what is wrong is named by file, line and field', () => {
  it.each([
    [
      'an unknown field',
      'seed: 7\nscenario: [headers]\n',
      /:2: scenario: unknown field \(did you mean "scenarios"\?\)/,
    ],
    ['a word that the flag does not take', '\nprofile: quik\n', /:2: profile: .*smoke.*did you mean "quick"/],
    ['a time without a unit', 'budget: 10\n', /:1: budget: a time such as 90s/],
    ['a time that is none', 'budget: soon\n', /:1: budget: write a time.*--budget overrides it/],
    ['a seed that is none', 'seed: -1\n', /:1: seed: a whole number is needed/],
    ['a rate too many', 'rates: [1000, 1000000]\n', /:1: rates: write rates/],
    ['a list of numbers as versions', 'envoy: [1.40]\n', /:1: envoy.*a version such as 1\.40\.0/],
    ['a word for true', 'strict: always\n', /:1: strict: true or false/],
    ['a list', '- seed: 7\n', /:1: \(whole file\): /],
  ])('%s', async (_, text, expected) => {
    writeFileSync(name, text);
    const reading = bench();
    await expect(reading).rejects.toThrow(BadInputError);
    await expect(reading).rejects.toThrow(expected);
  });

  it('several Envoys, where a command takes one', async () => {
    writeFileSync(name, 'envoy: [1.38.2, 1.40.0]\n');
    await expect(calibrate()).rejects.toThrow(
      /:1: envoy: one version or path is needed.*--envoy overrides it/,
    );
    expect((await calibrate('--envoy', '1.40.0')).envoy).toEqual(['1.40.0']);
  });
});

it.each([
  [
    ['bench', '--config', 'x.yaml', '--json'],
    ['bench', '--json', '--seed', '7', '--no-config'],
  ],
  [
    ['bench', '--config=x.yaml'],
    ['bench', '--seed', '7', '--no-config'],
  ],
])('%j is stored without its file', (given, stored) => {
  expect(wholeCommand(given, ['--seed', '7'])).toEqual(stored);
});
