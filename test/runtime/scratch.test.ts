import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packagePaths } from '../../src/paths.js';
import { processStartTicks } from '../../src/runtime/process-identity.js';
import { cleanUpAfterDeadRuns, openScratch } from '../../src/runtime/scratch.js';

// A place of its own, so that other runs on this machine neither see these folders nor are seen.
let temp = '';
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'fb-'));
  vi.stubEnv('TMPDIR', temp);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temp, { recursive: true });
});

/** Another run: it opens its folder, starts a process that outlives it, and prints that one's pid. */
async function otherRun(runId: string): Promise<{ owner: ChildProcess; child: number; dir: string }> {
  const script = `
    import { spawn } from 'node:child_process';
    import { openScratch } from ${JSON.stringify(join(packagePaths.root, 'dist/runtime/scratch.js'))};
    const scratch = openScratch(${JSON.stringify(runId)});
    const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    scratch.recordChild(child.pid);
    console.log(JSON.stringify({ child: child.pid, dir: scratch.dir }));
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(owner.stdout!, 'data');
  return { owner, ...JSON.parse(String(line)) };
}

async function kill(owner: ChildProcess): Promise<void> {
  const ended = once(owner, 'exit');
  owner.kill('SIGKILL');
  await ended;
}

const lives = (pid: number) => processStartTicks(pid) !== null;

describe('the private folder of a run', () => {
  it("is nobody else's, and goes with all that is in it", () => {
    const scratch = openScratch('run-1');
    expect(scratch.dir.startsWith(temp)).toBe(true);
    expect(statSync(scratch.dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(scratch.dir, 'owner.json')).mode & 0o777).toBe(0o600);
    writeFileSync(join(scratch.dir, 'file'), '');
    scratch[Symbol.dispose]();
    expect(existsSync(scratch.dir)).toBe(false);
    scratch[Symbol.dispose]();
  });

  it('keeps a journal of what was started, and whose it is', () => {
    using scratch = openScratch('run-1');
    scratch.recordChild(process.pid);
    const own = { pid: process.pid, startTicks: processStartTicks(process.pid) };
    expect(JSON.parse(readFileSync(join(scratch.dir, 'owner.json'), 'utf8'))).toEqual(own);
    expect(JSON.parse(readFileSync(join(scratch.dir, 'children.ndjson'), 'utf8'))).toEqual(own);
  });

  it('leaves room for the path of a Unix socket, which ends at 108 bytes', () => {
    vi.stubEnv('TMPDIR', '/tmp');
    using scratch = openScratch(`oke-${process.pid}`.slice(-10));
    expect(join(scratch.dir, 'headers-ext-authz-rust-grpc-uds-twin.sock').length).toBeLessThan(108);
  });
});

describe('cleaning up after runs that were killed', () => {
  it('kills what a dead run left running, and removes its folder', async () => {
    const { owner, child, dir } = await otherRun('dead');
    try {
      await kill(owner);
      expect(lives(child)).toBe(true);
      expect(cleanUpAfterDeadRuns()).toEqual({ processes: 1, folders: 1 });
      await expect.poll(() => lives(child)).toBe(false);
      expect(existsSync(dir)).toBe(false);
      expect(cleanUpAfterDeadRuns()).toEqual({ processes: 0, folders: 0 });
    } finally {
      if (lives(child)) process.kill(child, 'SIGKILL');
    }
  });

  it("leaves a living run's alone, ours included", async () => {
    const { owner, child, dir } = await otherRun('living');
    try {
      using own = openScratch('own');
      expect(cleanUpAfterDeadRuns()).toEqual({ processes: 0, folders: 0 });
      expect(lives(child)).toBe(true);
      expect(readdirSync(dir).toSorted()).toEqual(['children.ndjson', 'owner.json']);
      expect(existsSync(own.dir)).toBe(true);
    } finally {
      await kill(owner);
      process.kill(child, 'SIGKILL');
    }
  });

  it('spares a stranger that got the pid of a child since', async () => {
    const { owner, child, dir } = await otherRun('reused');
    try {
      await kill(owner);
      // Our own process stands for the stranger: the same pid, another start.
      writeFileSync(
        join(dir, 'children.ndjson'),
        `${JSON.stringify({ pid: process.pid, startTicks: '1' })}\n`,
      );
      expect(cleanUpAfterDeadRuns()).toEqual({ processes: 0, folders: 1 });
    } finally {
      process.kill(child, 'SIGKILL');
    }
  });

  it("does not take a stranger with the owner's pid for the owner", () => {
    const scratch = openScratch('other-owner');
    writeFileSync(join(scratch.dir, 'owner.json'), JSON.stringify({ pid: process.pid, startTicks: '1' }));
    expect(cleanUpAfterDeadRuns()).toEqual({ processes: 0, folders: 1 });
  });

  it('reads a journal that was cut in the middle of a line', async () => {
    const { owner, child, dir } = await otherRun('cut');
    try {
      await kill(owner);
      const whole = readFileSync(join(dir, 'children.ndjson'), 'utf8');
      writeFileSync(join(dir, 'children.ndjson'), `${whole}${whole.slice(0, 9)}`);
      expect(cleanUpAfterDeadRuns()).toEqual({ processes: 1, folders: 1 });
      await expect.poll(() => lives(child)).toBe(false);
    } finally {
      if (lives(child)) process.kill(child, 'SIGKILL');
    }
  });

  it('does nothing where nothing ever ran', () => {
    expect(cleanUpAfterDeadRuns()).toEqual({ processes: 0, folders: 0 });
  });
});
