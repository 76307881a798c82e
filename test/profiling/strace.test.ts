import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { countSyscalls, parseSummary } from '../../src/profiling/sampling/strace.js';

it('reads calls by name, with and without errors', () => {
  const summary = [
    '% time     seconds  usecs/call     calls    errors syscall',
    '------ ----------- ----------- --------- --------- ----------------',
    ' 52.10    0.012345          12      1234           writev',
    ' 47.90    0.011000          11       987       120 readv',
    '------ ----------- ----------- --------- --------- ----------------',
    '100.00    0.023345          11      2221       120 total',
  ].join('\n');
  expect([...parseSummary(summary)]).toEqual([
    ['writev', 1234],
    ['readv', 987],
  ]);
  expect(parseSummary('').size).toBe(0);
});

it('counts the calls of a living process', async () => {
  const child = spawn(process.execPath, [
    '-e',
    'setInterval(() => require("fs").readFileSync("/proc/uptime"), 5)',
  ]);
  try {
    await sleep(300);
    const { counts, during } = await countSyscalls(child.pid!, [], async () => {
      await sleep(300);
      return 'done';
    });
    expect(during).toBe('done');
    expect(counts.get('read')).toBeGreaterThan(5);
  } finally {
    child.kill('SIGKILL');
  }
});

it('says where it cannot attach', async () => {
  await expect(countSyscalls(2 ** 22 + 1, [], () => sleep(5_000))).rejects.toThrow(/strace ended before/);
});
