import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CoreProfile } from '../../src/profiling/core/profile-core.js';
import type { ArmProfile, Profile } from '../../src/profiling/result.js';
import { openPlace } from './cli-place.js';

const samplesIn = (folded: string) =>
  folded
    .trimEnd()
    .split('\n')
    .reduce((sum, line) => sum + Number(/ (\d+)$/.exec(line)![1]), 0);

const mapsOfNode = () => readdirSync('/tmp').filter((name) => /^perf-\d+\.map$/.test(name));

it('profile says where the time goes, arm by arm', { timeout: 240_000 }, async () => {
  await using place = openPlace();
  const mapsBefore = mapsOfNode();
  const { code, stdout, stderr } = await place.run([
    ...[
      'profile',
      '--scenarios',
      'headers',
      '--mechanisms',
      'wasm/rust,dynamic-module/rust,ext-proc/typescript',
    ],
    ...['--seconds', '1', '--syscalls', '--out', 'found', '--json'],
  ]);
  expect(code, stderr).toBe(0);
  const profile: Profile & { dir: string } = JSON.parse(stdout);
  const { arms } = profile;
  const armOf = (variant: string): ArmProfile => arms.find((arm) => arm.variant === variant)!;
  expect(arms.map(({ variant, status }) => [variant, status])).toEqual(
    ['baseline', 'wasm/rust', 'dynamic-module/rust', 'ext-proc/typescript'].map((variant) => [
      variant,
      'valid',
    ]),
  );
  for (const { processes, requests, files } of arms) {
    expect(requests).toBeGreaterThan(0);
    for (const { samples, places, cpuUs, switches, syscalls } of processes) {
      expect(samples).toBeGreaterThan(100);
      expect(places.reduce((sum, row) => sum + row.samples, 0)).toBe(samples);
      expect(places.reduce((sum, { us }) => sum + us, 0)).toBeCloseTo(cpuUs);
      expect(switches).not.toBeNull();
      expect(Object.values(syscalls!).some((each) => each > 0.01)).toBe(true);
    }
    const folded = readFileSync(join(profile.dir, files!.folded), 'utf8');
    expect(samplesIn(folded)).toBe(processes.reduce((sum, { samples }) => sum + samples, 0));
    expect(readFileSync(join(profile.dir, files!.flameGraph), 'utf8')).toMatch(/^<svg .*<\/svg>\s*$/s);
  }
  const has = (arm: ArmProfile, name: string, process = 0) =>
    (arm.processes[process]!.places.find(({ place: each }) => each === name)?.samples ?? 0) > 0;
  expect(has(armOf('wasm/rust'), 'code compiled at run time')).toBe(true);
  expect(has(armOf('wasm/rust'), 'Envoy: Wasm host (proxy_wasm)')).toBe(true);
  expect(has(armOf('baseline'), 'code compiled at run time')).toBe(false);
  expect(has(armOf('baseline'), 'Envoy: HTTP/1 codec')).toBe(true);
  const typescript = armOf('ext-proc/typescript');
  expect(typescript.processes.map(({ process }) => process)).toEqual(['envoy', 'server']);
  expect(has(typescript, 'JS: grpc-js', 1)).toBe(true);
  expect(has(typescript, 'HTTP/2 in C++', 1)).toBe(true);
  // A request has its headers there and back.
  expect(typescript.countersPerRequest['http.bench.ext_proc.stream_msgs_sent']).toBeCloseTo(2, 1);
  expect(JSON.parse(readFileSync(join(profile.dir, 'profile.json'), 'utf8')).arms).toEqual(arms);
  // The sampler's own file is large, and can be read here alone.
  expect(readdirSync(profile.dir).filter((name) => name.includes('perf'))).toEqual([]);
  expect(mapsOfNode()).toEqual(mapsBefore);
  expect(place.processes()).toEqual([]);
  expect(place.scratchFolders()).toEqual([]);
});

it('profile --core counts the instructions of a job', { timeout: 240_000 }, async () => {
  await using place = openPlace();
  const { code, stdout, stderr } = await place.run([
    'profile',
    '--core',
    '--scenarios',
    'inspect-1k',
    '--json',
  ]);
  expect(code, stderr).toBe(0);
  const [found] = JSON.parse(stdout) as CoreProfile[];
  expect(found).toMatchObject({ scenario: 'inspect-1k', bodyBytes: 1_024 });
  // Fewer than the bytes would be a search that does not search; many more, a debug build.
  expect(found!.instructionsPerRequest).toBeGreaterThan(300);
  expect(found!.instructionsPerRequest).toBeLessThan(50_000);
  expect(found!.functions.some(({ name }) => name.includes('src/cards.rs:'))).toBe(true);
});

it('profile names what is missing where there is no perf', async () => {
  await using place = openPlace();
  const bin = join(place.dir, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const { code, stderr } = await place.run(['profile', '--out', 'found'], { PATH: bin });
  expect(code).toBe(3);
  expect(stderr).toMatch(/error: perf is not installed.+next: install linux-perf/s);
  expect(existsSync(join(place.dir, 'found'))).toBe(false);
});

it.each([
  [['--seconds', '0'], /seconds from 0.5 to 600/],
  [['--mechanisms', 'wasm/go2'], /unknown mechanism or variant/],
  [['--scenarios', 'nowhere'], /nowhere/],
])('profile refuses %j', async (flags, message) => {
  await using place = openPlace();
  const { code, stderr } = await place.run(['profile', ...flags]);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
