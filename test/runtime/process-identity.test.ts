import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { processStartTicks } from '../../src/runtime/process-identity.js';

describe('what tells a process from a later one with its pid', () => {
  it('is the same as long as it lives', () => {
    const ticks = processStartTicks(process.pid);
    expect(ticks).toMatch(/^\d+$/);
    expect(processStartTicks(process.pid)).toBe(ticks);
  });

  it('is read behind a name with blanks and brackets', async () => {
    const child = spawn(process.execPath, [
      '-e',
      "process.title = 'a ) b (c) 1 2 3'; process.stdout.write('named'); setInterval(() => {}, 1000)",
    ]);
    const ended = once(child, 'exit');
    try {
      const before = processStartTicks(child.pid!);
      await once(child.stdout, 'data');
      expect(readFileSync(`/proc/${child.pid}/stat`, 'utf8')).toContain('a ) b (c)');
      expect(processStartTicks(child.pid!)).toBe(before);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });

  it('is null for a process that is gone', () => {
    expect(processStartTicks(spawnSync('true').pid)).toBeNull();
  });

  it('is null for one that has ended, though its parent has not looked yet', async () => {
    // The shell becomes a sleep, which never waits for its child; only then the child's input ends, and with it the child.
    const script = 'cat <&3 >/dev/null & echo $!; exec 3<&-; exec sleep 600';
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
    const ended = once(parent, 'exit');
    try {
      const [line] = await once(parent.stdout!, 'data');
      const pid = Number(String(line));
      expect(processStartTicks(pid)).toMatch(/^\d+$/);
      await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n');
      (parent.stdio[3] as Writable).end();
      await expect.poll(() => processStartTicks(pid)).toBeNull();
      expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /);
    } finally {
      parent.kill('SIGKILL');
      await ended;
    }
  });
});
