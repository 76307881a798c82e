import { Command } from 'commander';
import { expect, it } from 'vitest';
import { type BenchFlags, benchFlags, choose } from '../../src/cli/bench/options.js';

async function chosen(...args: string[]): Promise<string[]> {
  const command = benchFlags(new Command()).exitOverride();
  command.parse(args, { from: 'user' });
  return (await choose(command.opts<BenchFlags>())).variants.map(({ id }) => id);
}

it('measures filters that are there to compare languages where they are named, or in the full profile', async () => {
  const aside = [
    'wasm/c',
    'wasm/cpp',
    'wasm/go',
    'dynamic-module/c',
    'dynamic-module/go',
    'ext-proc/typescript',
  ];
  const usual = await chosen('--profile', 'smoke');
  expect(usual).toContain('wasm/rust');
  for (const id of aside) {
    expect(usual).not.toContain(id);
    expect(await chosen('--mechanisms', id)).toEqual([id]);
  }
  expect(await chosen('--mechanisms', 'wasm')).toContain('wasm/c');
  expect(await chosen('--profile', 'full')).toEqual(expect.arrayContaining(aside));
});
