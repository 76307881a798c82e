import { afterEach, describe, expect, it, vi } from 'vitest';
import { doctorCommand } from '../../src/cli/doctor.js';
import { type Check, ok, type RuntimeKind } from '../../src/doctor/check.js';
import { checks } from '../../src/doctor/checks/index.js';
import { canRun, type Examined, examine } from '../../src/doctor/examine.js';
import { ExitCode, MissingError } from '../../src/errors.js';
import { doctorLines } from '../../src/report/terminal/doctor.js';

const wanted = { envoy: '1.40.0', imageTemplate: 'envoyproxy/envoy:v{version}' };
const check = (name: string, look: Check['look'], neededBy: readonly RuntimeKind[] = []): Check => ({
  name,
  neededBy,
  look,
});

afterEach(() => vi.restoreAllMocks());

describe('checks', () => {
  it('are carried out all at once, and told in their order', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = check('first', () => released.then(() => ok('after the second')));
    const second = check('second', async () => {
      release();
      return ok('at once');
    });
    const found = await examine([first, second], wanted);
    expect(found.map(({ name, message }) => [name, message])).toEqual([
      ['first', 'after the second'],
      ['second', 'at once'],
    ]);
  });

  it('that take too long are told as missing, and told to stop', async () => {
    let stopped = false;
    const slow = check('slow', ({ signal }) => {
      signal.addEventListener('abort', () => {
        stopped = true;
      });
      return new Promise(() => {});
    });
    const [found] = await examine([slow], wanted, 20);
    expect(found).toMatchObject({ status: 'missing', message: 'no answer within 0.02 s' });
    expect(stopped).toBe(true);
  });

  it('that fail are told as missing, with their own next step where they have one', async () => {
    const ours = check('ours', () => Promise.reject(new MissingError('no perf', 'install it')));
    const other = check('other', () => Promise.reject(new Error('EIO')));
    const found = await examine([ours, other], wanted);
    expect(found).toMatchObject([
      { status: 'missing', message: 'no perf', next: 'install it' },
      { status: 'missing', message: 'EIO' },
    ]);
  });
});

const examined = (status: Examined['status'], neededBy: readonly RuntimeKind[]): Examined => ({
  name: 'x',
  neededBy,
  status,
  message: 'm',
  next: null,
});

it('bench can run where nothing that it needs is missing', () => {
  expect(canRun([examined('warn', ['native', 'docker'])])).toEqual(['native', 'docker']);
  expect(canRun([examined('missing', ['native'])])).toEqual(['docker']);
  expect(canRun([examined('missing', ['docker'])])).toEqual(['native']);
  expect(canRun([examined('missing', ['native']), examined('missing', ['docker'])])).toEqual([]);
  expect(canRun([examined('missing', [])])).toEqual(['native', 'docker']);
});

describe('the table', () => {
  const long: Examined = {
    name: 'docker',
    neededBy: ['docker'],
    status: 'missing',
    message: 'no Docker engine at unix:///var/run/docker.sock: '.repeat(4),
    next: 'start Docker (try "docker info"), or use --runtime native'.repeat(2),
  };

  it('keeps to its width, with colours only where they are asked for', () => {
    const all = [long, examined('ok', []), { ...examined('missing', []), name: 'toolchains' }];
    const plain = doctorLines(all, ['native'], { width: 80, colour: false });
    for (const line of plain) expect(line.length).toBeLessThanOrEqual(80);
    expect(plain.join('\n')).not.toContain('\u001b');
    expect(plain.join('\n')).toMatch(/^missing {2}docker .*[\s\S]*next: start Docker[\s\S]*optional: m/m);
    expect(plain.at(-1)).toBe('bench can run here, natively.');
    expect(doctorLines(all, ['native'], { width: 80, colour: true }).join('\n')).toContain(
      '\u001b[31mmissing',
    );
  });

  it('says so where nothing can run', () => {
    expect(doctorLines([long], [], { width: 80, colour: false }).at(-1)).toMatch(/^bench cannot run here/);
  });
});

describe('filterbench doctor', () => {
  async function doctor(...args: string[]) {
    let code: number = ExitCode.done;
    const printed: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const command = doctorCommand((given) => {
      code = given;
    });
    await command.parseAsync(args, { from: 'user' });
    return { code, text: printed.join('') };
  }

  it('tells of every check what was found, and what to do where it is not well', async () => {
    const { code, text } = await doctor('--json');
    const found = JSON.parse(text);
    expect(found.schema).toBe('filterbench/doctor@1');
    expect(found.checks.map(({ name }: Examined) => name)).toEqual(checks.map(({ name }) => name));
    for (const { status, message, next } of found.checks as Examined[]) {
      expect(message).not.toBe('');
      if (status === 'missing') expect(next).toMatch(/\S/);
    }
    expect(code).toBe(found.canRun.length > 0 ? ExitCode.done : ExitCode.missing);
  });

  it('exits with 3 where neither Envoy nor Docker can be had', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock');
    try {
      const { code, text } = await doctor('--envoy', '1.39.99');
      expect(code).toBe(ExitCode.missing);
      expect(text).toMatch(/^missing {2}envoy [\s\S]*^missing {2}docker [\s\S]*bench cannot run here/m);
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
