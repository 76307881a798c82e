import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.js';
import { useOwnTmpdir } from './own-tmpdir.js';
import { failureOf, journal, lives, openRuntime, scriptOf, server } from './script-workloads.js';

useOwnTmpdir();

describe('the end of a workload', () => {
  it('comes with stop(), twice too', async () => {
    await using opened = openRuntime();
    const workload = await opened.runtime.start(scriptOf(server));
    await Promise.all([workload.stop(), workload.stop()]);
    expect(lives(workload.pid!)).toBe(false);
    expect(await workload.exited).toEqual({ code: null, signal: 'SIGTERM' });
    await workload.stop();
  });

  it('comes with disposal, of itself or of its runtime', async () => {
    await using opened = openRuntime();
    let pid = 0;
    {
      await using workload = await opened.runtime.start(scriptOf(server));
      pid = workload.pid!;
      expect(lives(pid)).toBe(true);
    }
    expect(lives(pid)).toBe(false);
    const others = await Promise.all([
      opened.runtime.start(scriptOf(server, { name: 'a' })),
      opened.runtime.start(scriptOf(server, { name: 'b' })),
    ]);
    await opened.runtime[Symbol.asyncDispose]();
    expect(others.filter(({ pid }) => lives(pid!))).toEqual([]);
  });

  it('is forced where it ignores SIGTERM, as an endless loop in a filter does', async () => {
    await using opened = openRuntime();
    const workload = await opened.runtime.start(
      scriptOf(`process.on('SIGTERM', () => console.log('no')); ${server}`),
    );
    await workload.stop();
    expect(await workload.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(workload.logTail()).toBe('no\n');
    expect(lives(workload.pid!)).toBe(false);
  });

  it('is told where it comes unasked', async () => {
    await using opened = openRuntime();
    const workload = await opened.runtime.start(scriptOf(server));
    process.kill(workload.pid!, 'SIGSEGV');
    expect(await workload.exited).toEqual({ code: null, signal: 'SIGSEGV' });
  });

  it('comes at once with our own, and is not waited for any longer after disposal', async () => {
    const before = process.listeners('exit');
    const added = () => process.listeners('exit').filter((listener) => !before.includes(listener));
    {
      await using opened = openRuntime();
      const workload = await opened.runtime.start(scriptOf(`process.on('SIGTERM', () => {}); ${server}`));
      for (const onExit of added()) onExit(0);
      expect(await workload.exited).toEqual({ code: null, signal: 'SIGKILL' });
    }
    expect(added()).toEqual([]);
  });
});

describe('a program that is run to its end', () => {
  const oneShot = (script: string) => {
    const { ready: _, ...spec } = scriptOf(script);
    return spec;
  };

  it('gives what it printed and how it ended', async () => {
    await using opened = openRuntime();
    const script = `console.log('out'); console.error('err'); process.exitCode = 3`;
    const { exit, output } = await opened.runtime.runToEnd(oneShot(script));
    expect(exit).toEqual({ code: 3, signal: null });
    expect(output.split('\n').toSorted()).toEqual(['', 'err', 'out']);
  });

  it('is killed where the user interrupts', async () => {
    await using opened = openRuntime();
    const controller = new AbortController();
    const running = opened.runtime.runToEnd(oneShot('setInterval(() => {}, 1000)'), controller.signal);
    await expect.poll(() => existsSync(join(opened.dir, 'children.ndjson'))).toBe(true);
    controller.abort(new InterruptedError());
    expect(await failureOf(running)).toBeInstanceOf(InterruptedError);
    expect(journal(opened.dir).filter(lives)).toEqual([]);
  });

  it('is not run where the user interrupted before', async () => {
    await using opened = openRuntime();
    const script = `setTimeout(() => require('node:fs').writeFileSync('ended', ''), 1000)`;
    const running = opened.runtime.runToEnd(oneShot(script), AbortSignal.abort(new InterruptedError()));
    expect(await failureOf(running)).toBeInstanceOf(InterruptedError);
    expect(existsSync(join(opened.dir, 'script', 'ended'))).toBe(false);
  });
});
