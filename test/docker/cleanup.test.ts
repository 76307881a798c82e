import { spawnSync } from 'node:child_process';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { removeContainersOfDeadRuns } from '../../src/runtime/docker/index.js';
import { labelsOf } from '../../src/runtime/docker/labels.js';
import { containersWith, docker, image, openRuntime, plainEnvoy, requireDocker } from './fixture.js';

const run = `cleanup-${process.pid}`;

/** A container as a run would leave it, with labels of another owner. */
function leave(labels: Record<string, string>): string {
  const flags = Object.entries({ ...labelsOf(run, 'left'), ...labels }).flatMap(([name, value]) => [
    '--label',
    `${name}=${value}`,
  ]);
  return docker('run', '--detach', '--entrypoint', 'sleep', ...flags, image, '600');
}

beforeAll(requireDocker);
afterEach(() => {
  for (const id of containersWith(`filterbench.run=${run}`)) docker('rm', '--force', id);
});

describe('containers of killed runs', () => {
  it('go, and those of living runs stay', async () => {
    const { pid } = spawnSync('true');
    const dead = leave({ 'filterbench.owner': `${pid}:1` });
    // The pid was given anew: it lives, but it started at another time.
    const reused = leave({ 'filterbench.owner': `${process.pid}:1` });
    const living = leave({});
    // Of another user or from inside a container: its owner may live where we can't see it.
    const stranger = leave({ 'filterbench.owner': `${pid}:1`, 'filterbench.scope': '4711@pid:[1]' });

    expect(await removeContainersOfDeadRuns()).toBe(2);
    const left = containersWith(`filterbench.run=${run}`);
    expect(left.toSorted()).toEqual([living, stranger].toSorted());
    expect(left).not.toContain(dead);
    expect(left).not.toContain(reused);
    expect(await removeContainersOfDeadRuns()).toBe(0);
  });

  it('may be removed by two runs at once', async () => {
    const { pid } = spawnSync('true');
    leave({ 'filterbench.owner': `${pid}:1` });
    await Promise.all([removeContainersOfDeadRuns(), removeContainersOfDeadRuns()]);
    expect(containersWith(`filterbench.run=${run}`)).toEqual([]);
  });
});

describe('the end of the process', () => {
  it('removes what was not disposed of', async () => {
    const before = process.listeners('exit');
    await using opened = openRuntime();
    const [onExit] = process.listeners('exit').filter((listener) => !before.includes(listener));
    await opened.runtime.start(plainEnvoy);
    expect(containersWith(`filterbench.run=${opened.runId}`)).toHaveLength(1);
    onExit?.(0);
    expect(containersWith(`filterbench.run=${opened.runId}`)).toEqual([]);
  });

  it('is not listened for after disposing', async () => {
    const before = process.listenerCount('exit');
    const opened = openRuntime();
    await opened[Symbol.asyncDispose]();
    expect(process.listenerCount('exit')).toBe(before);
  });
});
