import { describe, expect, it } from 'vitest';
import { resolveEnvoy } from '../../src/envoy/binary/index.js';
import { packagePaths } from '../../src/paths.js';
import { openElf } from '../../src/profiling/symbols/elf.js';
import { functionStarts } from '../../src/profiling/symbols/function-starts.js';
import { lastAtMost } from '../../src/profiling/symbols/nearest.js';
import { programNames } from '../../src/profiling/symbols/program-names.js';
import { readableType } from '../../src/profiling/symbols/readable-type.js';
import { virtualFunctions } from '../../src/profiling/symbols/virtual-functions.js';

describe('readableType', () => {
  it.each([
    ['N5Envoy4Http13FilterManagerE', 'Envoy::Http::FilterManager'],
    ['7MyClass', 'MyClass'],
    ['N2v88internal4wasm12_GLOBAL__N_14ImplE', 'v8::internal::wasm::(anonymous)::Impl'],
    ['N5Envoy5Stats9ScopeImplINS_4LifeEEE', 'Envoy::Stats::ScopeImpl'],
    ['NSt3__110__function6__funcIZN10proxy_wasm9getPluginERKNS_3FooEE3$_0FvvEEE', 'proxy_wasm::getPlugin'],
    ['NSt3__120__shared_ptr_emplaceIN5Envoy5Http15FrameENS_9allocatorIS3_EEEE', 'Envoy::Http1::Frame'],
    ['St9exception', 'std'],
    ['', 'std'],
    ['N99Cut', 'Cut'],
    ['N9', 'std'],
  ])('%s is of %s', (mangled, name) => {
    expect(readableType(mangled)).toBe(name);
  });
});

it('lastAtMost finds where a number belongs', () => {
  const numbers = [2, 4, 4, 9];
  const find = (value: number) => lastAtMost(numbers.length, (index) => numbers[index]!, value);
  expect([1, 2, 3, 4, 8, 9, 99].map(find)).toEqual([-1, 0, 0, 2, 2, 3, 3]);
  expect(lastAtMost(0, () => 0, 5)).toBe(-1);
});

it('a file that is no ELF file has no names', () => {
  expect(openElf(`${packagePaths.root}package.json`)).toBeNull();
  expect(programNames(`${packagePaths.root}package.json`)).toBeNull();
  expect(() => programNames('/nowhere/envoy')).toThrow(/ENOENT/);
});

describe.each(['1.36.4', '1.40.0'])('a stripped Envoy %s', (version) => {
  it('still tells its virtual functions, and where all functions begin', async () => {
    const { path } = await resolveEnvoy(version);
    using elf = openElf(path)!;
    const functions = virtualFunctions(elf);
    expect(functions.length).toBeGreaterThan(50_000);
    const classes = new Set(functions.map(({ className }) => className));
    for (const name of [
      'Envoy::Http::ConnectionManagerImpl',
      'quiche::BalsaFrame',
      'proxy_wasm::ContextBase',
    ])
      expect(classes, name).toContain(name);
    // Two tables that know nothing of each other agree.
    const starts = functionStarts(elf);
    const known = new Set(starts);
    const agreeing = functions.filter(({ address }) => known.has(address)).length;
    expect(agreeing / functions.length).toBeGreaterThan(0.98);
    expect(starts.length).toBeGreaterThan(100_000);
  });

  it('names places by their offset in the file', async () => {
    const { path } = await resolveEnvoy(version);
    using elf = openElf(path)!;
    const names = programNames(path)!;
    const text = elf.section('.text')!;
    const one = virtualFunctions(elf).find(({ className }) => className === 'quiche::BalsaFrame')!;
    const offset = one.address - text.address + text.offset;
    expect(names.at(offset)).toEqual({
      name: `quiche::BalsaFrame::[${one.slot}]`,
      owner: 'quiche::BalsaFrame',
    });
    const allocator = elf.section('google_malloc')!;
    expect(names.at(allocator.offset + 64).owner).toBe('google_malloc');
    expect(names.at(2 ** 40)).toEqual({ name: '[unknown]', owner: null });
  });
});
