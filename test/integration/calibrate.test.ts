import { expect, it } from 'vitest';
import { runSchema } from '../../src/results/schema/index.js';
import { openPlace } from './cli-place.js';

it('calibrate injects what it says, request by request, and tells what came back', {
  timeout: 240_000,
}, async () => {
  await using place = openPlace();
  // The least that the schedule allows: how narrow intervals get is the machine's to say, and no test's.
  const { code, stdout, stderr } = await place.run([
    'calibrate',
    '--alone',
    '--budget',
    '1s',
    '--seed',
    '5',
    '--json',
  ]);
  expect([0, 1], stderr).toContain(code);
  const { dir: _, ...run } = JSON.parse(stdout);
  const { arms, calibration } = runSchema.parse(run);
  expect(arms.filter(({ status }) => status !== 'valid')).toEqual([]);
  expect(calibration!.map(({ kind }) => kind)).toEqual(['cpu', 'cpu-alone']);
  for (const { injection, truthUs, cpuUs } of calibration!.flatMap(({ points }) => points)) {
    // The clock is read after the work, so what is burned is never less; an interrupt may make it more.
    expect(truthUs).toBeGreaterThan(injection.amount - 1);
    expect(truthUs).toBeLessThan(injection.amount * 1.5 + 1);
    expect(cpuUs!.restarts).toBe(12);
  }
  expect(place.processes()).toEqual([]);
});
