import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../../src/ext-server-node/address.js';
import { processMethod } from '../../src/ext-server-node/ext-proc/messages.js';
import { connectTo } from './grpc-client.js';
import { commandLine, counts, firstLine, program, startServer } from './server-process.js';

const noop = { job: 'noop' };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function refusal(protocol: string, listen: string, job: unknown) {
  const words = commandLine(folder, protocol, listen, job);
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  return { status, lines: stderr.trim().split('\n') };
}

describe('the server', () => {
  it('answers on its admin address', async () => {
    await using server = await startServer('ext-proc', noop);
    const ready = await fetch(`http://${server.admin}/ready`);
    expect([ready.status, await ready.text()]).toEqual([200, 'ready\n']);
    expect((await fetch(`http://${server.admin}/ready`, { method: 'POST' })).status).toBe(404);
    expect(await counts(server)).toEqual({
      ...{ requests: 0, requestHeaders: 0, responseHeaders: 0, requestBodies: 0, responseBodies: 0 },
      ...{ checks: 0, denials: 0, burnedNs: 0, burns: 0 },
    });
  });

  it.each(['ext-proc', 'ext-authz-grpc', 'ext-authz-http'])(
    'ends by SIGTERM and removes its socket: %s',
    async (protocol) => {
      await using server = await startServer(protocol, noop, { unix: true });
      const idle = connect(server.path('s.sock'));
      await once(idle, 'connect');
      server.child.kill('SIGTERM');
      expect(await once(server.child, 'exit')).toEqual([0, null]);
      expect(existsSync(server.path('s.sock'))).toBe(false);
      idle.destroy();
    },
  );

  it('is not held by a stream that stays open', async () => {
    await using server = await startServer('ext-proc', noop);
    using client = connectTo(server);
    const { path, requestSerialize, responseDeserialize } = processMethod;
    const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    const failed = once(call, 'error').catch((error: unknown) => error);
    call.write({ request_headers: {} });
    await once(call, 'data');
    server.child.kill('SIGTERM');
    expect(await once(server.child, 'exit')).toEqual([0, null]);
    await failed;
  });

  it('refuses bad input with exit code 2, in one line that names the culprit', () => {
    for (const [words, culprit] of [
      [['ext-proc', '127.0.0.1:0', { job: 'dance' }], 'dance'],
      [['ext-proc', 'localhost:1', noop], 'localhost:1'],
      [['telepathy', '127.0.0.1:0', noop], 'telepathy'],
      [['ext-authz-grpc', '127.0.0.1:0', { job: 'redact', words: ['moonstone'] }], 'it changes no bodies'],
      [
        ['ext-authz-http', '127.0.0.1:0', { job: 'json-rewrite', field: 'a', value: 'b' }],
        'it changes no bodies',
      ],
    ] as const) {
      const [protocol, listen, job] = words;
      const { status, lines } = refusal(protocol, listen, job);
      expect([status, lines.length], culprit).toEqual([2, 1]);
      expect(lines[0]).toContain(culprit);
    }
    const { status, stderr } = spawnSync(program, ['--protocol', 'ext-proc'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, expect.stringContaining('--listen is missing')]);
    expect(spawnSync(program, ['--help'], { encoding: 'utf8' }).stdout).toContain('--die-with-parent');
  });

  it('gives up with exit code 3 where an address is in use, but takes the place of a dead server', async () => {
    await using server = await startServer('ext-proc', noop, { unix: true });
    const { status, lines } = refusal('ext-proc', server.listen, noop);
    expect([status, lines.length]).toEqual([3, 1]);
    expect(lines[0]).toContain('s.sock');
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    expect(existsSync(server.path('s.sock'))).toBe(true);
    const next = spawn(program, commandLine(folder, 'ext-proc', server.listen, noop), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect((await firstLine(next)).listen).toBe(server.listen);
    next.kill('SIGTERM');
    expect(await once(next, 'exit')).toEqual([0, null]);
  });

  it('dies with its parent', async () => {
    const words = commandLine(folder, 'ext-proc', '127.0.0.1:0', noop);
    const parent = spawn('sh', ['-c', '"$@" & wait', 'sh', program, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { admin } = await firstLine(parent);
    const ended = once(parent.stdout, 'close');
    parent.kill('SIGKILL');
    // The pipe ends when the last process that holds it does.
    await ended;
    await expect(fetch(`http://${admin}/ready`)).rejects.toThrow();
  });
});

describe('an address', () => {
  it('reads back as it was written', () => {
    for (const text of ['127.0.0.1:8080', '[::1]:1', 'unix:/run/a.sock']) {
      const address = parseAddress(text);
      expect(address && formatAddress(address)).toBe(text);
    }
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      'localhost:80',
      '127.0.0.1',
      'unix:',
      'unix:relative',
      '127.0.0.1:99999',
      '::1:80',
    ])
      expect(parseAddress(text), text).toBeNull();
  });
});
