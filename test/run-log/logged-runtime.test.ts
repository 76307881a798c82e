import { expect, it } from 'vitest';
import { loggedRuntime, type RunLog } from '../../src/run-log/index.js';
import { NotReadyError } from '../../src/runtime/become-ready.js';
import type {
  ExitInfo,
  Inside,
  OneShotSpec,
  RunningWorkload,
  Runtime,
  WorkloadSpec,
} from '../../src/runtime/types.js';

const inside: Inside = {
  path: (path) => path,
  file: (name) => `/private/${name}`,
  bind: (port) => ({ host: '127.0.0.1', port: port === 'admin' ? 9_901 : 9_900 }),
  socket: (name) => `/private/${name}.sock`,
};

const spec: WorkloadSpec = {
  name: 'headers-lua',
  role: 'envoy',
  program: '/bin/envoy',
  reads: [],
  ports: ['listener', 'admin'],
  cpus: [0],
  args: (within) => ['--config-path', within.file('envoy.yaml'), '--log-level', 'warning'],
  files: (within) => ({
    'envoy.yaml': `port: ${within.bind('listener').port}\n`,
    'body.txt': 'x'.repeat(200_000),
  }),
  ready: { port: 'admin', path: '/ready', timeoutMs: 1_000 },
};

/** A runtime that lays specs out and starts nothing. */
function fakeRuntime(fails?: Error) {
  const seen: { args: readonly string[]; files: Readonly<Record<string, string>> }[] = [];
  const printed = { text: 'starting\nall clusters up\n' };
  let end: (exit: ExitInfo) => void = () => undefined;
  const exited = new Promise<ExitInfo>((resolve) => {
    end = resolve;
  });
  const lay = (asked: OneShotSpec) =>
    seen.push({ files: asked.files?.(inside) ?? {}, args: asked.args(inside) });
  const runtime: Runtime = {
    kind: 'native',
    async start(asked) {
      lay(asked);
      if (fails) throw fails;
      return {
        spec: asked,
        startMs: 31.26,
        pid: 4_711,
        logTail: () => printed.text,
        exited,
      } as RunningWorkload;
    },
    async runToEnd(asked) {
      lay(asked);
      return { exit: { code: 1, signal: null }, output: 'configuration is bad\n' };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { runtime, seen, printed, end: (exit: ExitInfo) => end(exit) };
}

function fakeLog() {
  const noted: Record<string, unknown>[] = [];
  const log: RunLog = {
    note: (event, about) => noted.push(structuredClone({ event, ...about })),
    writeTo: () => undefined,
    flush: () => undefined,
    close: () => null,
  };
  return { log, noted };
}

it('what is started is noted with its command, process, ports, files, and the time until it was ready', async () => {
  const { runtime, seen, printed, end } = fakeRuntime();
  const { log, noted } = fakeLog();
  const workload = await loggedRuntime(runtime, log).start(spec);
  expect(workload.pid).toBe(4_711);
  expect(noted).toEqual([
    { event: 'file', name: 'headers-lua', path: '/private/envoy.yaml', text: 'port: 9900\n' },
    { event: 'file', name: 'headers-lua', path: '/private/body.txt', chars: 200_000 },
    {
      event: 'ready',
      name: 'headers-lua',
      role: 'envoy',
      cpus: [0],
      command: ['/bin/envoy', '--config-path', '/private/envoy.yaml', '--log-level', 'info'],
      ports: { listener: 9_900, admin: 9_901 },
      pid: 4_711,
      readyMs: 31.3,
    },
    { event: 'printed', name: 'headers-lua', text: 'starting' },
    { event: 'printed', name: 'headers-lua', text: 'all clusters up' },
  ]);
  expect(seen[0]?.files['envoy.yaml']).toBe('port: 9900\n');
  expect(seen[0]?.args.at(-1)).toBe('info');
  noted.length = 0;
  // Of a long log only the end is kept, from the middle of what is known.
  printed.text = `${printed.text.slice(-12)}draining\n`;
  end({ code: 0, signal: null });
  await new Promise((resolve) => setImmediate(resolve));
  expect(noted.at(-1)).toEqual({ event: 'ended', name: 'headers-lua', pid: 4_711, code: 0, signal: null });
});

it('what it printed later on is noted once, when it ends', async () => {
  const { runtime, printed, end } = fakeRuntime();
  const { log, noted } = fakeLog();
  printed.text = Array.from({ length: 30 }, (_, line) => `line ${line} of the start`).join('\n');
  await loggedRuntime(runtime, log).start(spec);
  noted.length = 0;
  printed.text = `${printed.text.slice(100)}\na filter fails\n`;
  end({ code: null, signal: 'SIGSEGV' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(noted).toEqual([
    { event: 'printed', name: 'headers-lua', text: 'a filter fails' },
    { event: 'ended', name: 'headers-lua', pid: 4_711, code: null, signal: 'SIGSEGV' },
  ]);
});

it('one that does not get ready is noted with its last words, and fails as it would', async () => {
  const fails = new NotReadyError(spec, { code: 1, signal: null }, 'unknown filter\n');
  const { log, noted } = fakeLog();
  await expect(loggedRuntime(fakeRuntime(fails).runtime, log).start(spec)).rejects.toBe(fails);
  expect(noted.slice(2)).toMatchObject([
    { event: 'not-ready', ports: { admin: 9_901 }, problem: expect.stringContaining('ended at once') },
    { event: 'printed', text: 'unknown filter' },
  ]);
});

it('a validation says no more than without a log: its last line is evidence', async () => {
  const { runtime, seen } = fakeRuntime();
  const { log, noted } = fakeLog();
  const { output } = await loggedRuntime(runtime, log).runToEnd(spec);
  expect(output).toBe('configuration is bad\n');
  expect(seen[0]?.args.at(-1)).toBe('warning');
  expect(noted.slice(2)).toMatchObject([
    { event: 'ran', code: 1, signal: null, command: expect.arrayContaining(['/bin/envoy']) },
    { event: 'printed', text: 'configuration is bad' },
  ]);
});

it('what an Envoy has built in is noted once, for it is the same at every start', async () => {
  const { log, noted } = fakeLog();
  const { runtime, printed } = fakeRuntime();
  const logged = loggedRuntime(runtime, log);
  for (const pid of [1, 2]) {
    const begin = `[2026-01-01 00:00:0${pid}.000][${pid}][info][main] [source/server/server.cc:444] `;
    printed.text = `${begin}  envoy.tracers: envoy.tracers.zipkin\n${begin}all clusters initialized\n`;
    await logged.start(spec);
  }
  const texts = noted.flatMap(({ event, text }) => (event === 'printed' ? [String(text)] : []));
  expect(texts.map((text) => text.replace(/^.*\] +/, ''))).toEqual([
    'envoy.tracers: envoy.tracers.zipkin',
    'all clusters initialized',
    'all clusters initialized',
  ]);
});
