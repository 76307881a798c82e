import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { BadInputError, FailedError, InterruptedError } from '../../src/errors.js';
import { allowedCores } from '../../src/measure/placement.js';
import { launchPrefix } from '../../src/runtime/launch-prefix.js';
import { sequentialPorts } from '../../src/runtime/ports.js';
import { localCpuNs } from '../support/local-cpu.js';
import { useOwnTmpdir } from './own-tmpdir.js';
import { failureOf, journal, listen, lives, openRuntime, scriptOf, server } from './script-workloads.js';

const unready = `require('node:http').createServer((request, response) => response.writeHead(503).end())${listen}`;
const silent = `require('node:net').createServer(() => {})${listen}`;

useOwnTmpdir();

describe('a workload that gets ready', () => {
  it('is reachable, and its CPU and memory can be read', async () => {
    await using opened = openRuntime();
    const workload = await opened.runtime.start(scriptOf(server));
    const { host, port } = workload.address('listen');
    expect(host).toBe('127.0.0.1');
    expect((await fetch(`http://${host}:${port}/`)).status).toBe(200);
    expect(workload.peerAddress('listen')).toEqual({ host, port });
    expect(localCpuNs(workload)).toBeGreaterThan(0);
    expect(await workload.pssMiB()).toBeGreaterThan(1);
    expect(workload.startMs).toBeGreaterThan(0);
    expect(journal(opened.dir)).toEqual([workload.pid!]);
    expect(() => workload.address('other')).toThrow(FailedError);
  });

  it('gets PATH and what its own spec says, and nothing else of ours', async () => {
    vi.stubEnv('FILTERBENCH_SECRET', 'not for workloads');
    await using opened = openRuntime();
    const workload = await opened.runtime.start(
      scriptOf(server, { env: (inside) => ({ PADDING: 'x'.repeat(10), SOCKET: inside.socket('s') }) }),
    );
    const { host, port } = workload.address('listen');
    const env = await (await fetch(`http://${host}:${port}/`)).json();
    expect(env).toEqual({
      PATH: process.env.PATH,
      PADDING: 'xxxxxxxxxx',
      SOCKET: join(opened.dir, 's.sock'),
    });
  });

  it('runs in a private folder of its own, with its files in it', async () => {
    await using opened = openRuntime();
    const script = `console.log(require('node:fs').readFileSync('in.txt', 'utf8'), process.cwd()); ${server}`;
    const workload = await opened.runtime.start(
      scriptOf(script, {
        name: 'files',
        files: (inside) => ({ 'in.txt': `port ${inside.bind('listen').port} of ${inside.file('in.txt')}` }),
      }),
    );
    const dir = join(opened.dir, 'files');
    const { port } = workload.address('listen');
    await expect.poll(workload.logTail).toBe(`port ${port} of ${join(dir, 'in.txt')} ${dir}\n`);
    expect(statSync(join(dir, 'in.txt')).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('is pinned to its cores', async () => {
    const core = allowedCores().at(-1)!;
    await using opened = openRuntime();
    const { pid } = await opened.runtime.start(scriptOf(server, { cpus: [core] }));
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    expect(status).toMatch(new RegExp(`^Cpus_allowed_list:\\s+${core}$`, 'm'));
    // Its prefix has become the program itself, so that this is the pid to measure.
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toMatch(/^[^\0]*node\0-e\0/);
  });
});

describe('a workload that does not get ready', () => {
  it('by ending at once: its last lines say why', async () => {
    await using opened = openRuntime();
    const script = `for (let n = 1; n <= 9; n += 1) console.error('line ' + n); process.exitCode = 7`;
    const error = await failureOf(opened.runtime.start(scriptOf(script, { name: 'short-lived' })));
    expect(error).toBeInstanceOf(FailedError);
    expect(error.message).toBe(
      'short-lived ended at once (code 7, signal null):\nline 4\nline 5\nline 6\nline 7\nline 8\nline 9',
    );
  });

  it('by dying of a signal', async () => {
    await using opened = openRuntime();
    const script = `console.log('last words'); process.kill(process.pid, 'SIGABRT')`;
    const error = await failureOf(opened.runtime.start(scriptOf(script)));
    expect(error.message).toBe('script ended at once (code null, signal SIGABRT):\nlast words');
  });

  it.each([
    ['answering that it is not', unready],
    ['never answering', silent],
    ['never listening', 'setInterval(() => {}, 1000)'],
  ])('in time, by %s: it is ended', async (_what, script) => {
    await using opened = openRuntime();
    const ready = { port: 'listen', path: '/ready', timeoutMs: 400 };
    const error = await failureOf(
      opened.runtime.start(scriptOf(`console.log('hello'); ${script}`, { ready })),
    );
    expect(error).toBeInstanceOf(FailedError);
    expect(error.message).toMatch(/^script was not ready after 400 ms:/);
    expect(journal(opened.dir).filter(lives)).toEqual([]);
  });

  it('before the user interrupts: it is gone then', async () => {
    await using opened = openRuntime();
    const controller = new AbortController();
    const starting = opened.runtime.start(scriptOf(unready), controller.signal);
    await expect.poll(() => existsSync(join(opened.dir, 'children.ndjson'))).toBe(true);
    controller.abort(new InterruptedError());
    expect(await failureOf(starting)).toBeInstanceOf(InterruptedError);
    expect(journal(opened.dir).filter(lives)).toEqual([]);
  });

  it('because its port is in use: nothing is started', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as { port: number };
    try {
      await using opened = openRuntime(sequentialPorts(port));
      const error = await failureOf(opened.runtime.start(scriptOf(server)));
      expect(error).toBeInstanceOf(BadInputError);
      expect(error.message).toContain(`port ${port} on 127.0.0.1 is in use`);
      expect(error.message).toContain('needed for script listen');
      expect(existsSync(join(opened.dir, 'children.ndjson'))).toBe(false);
    } finally {
      await new Promise((resolve) => holder.close(resolve));
    }
  });
});

describe('the words in front of a program', () => {
  it('pin it and let it die with us, where the system has what it takes', async () => {
    expect(await launchPrefix([0, 2])).toEqual(['taskset', '-c', '0,2', 'setpriv', '--pdeathsig', 'KILL']);
    expect(await launchPrefix([])).toEqual(['setpriv', '--pdeathsig', 'KILL']);
  });
});
