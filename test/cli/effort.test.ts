import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { effortCommand } from '../../src/cli/effort.js';
import { BadInputError } from '../../src/errors.js';
import { evidenceSchema } from '../../src/results/schema/index.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'filterbench-effort-'));
});
afterAll(() => rm(dir, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function printed(...args: string[]): Promise<{ text: string; codes: number[] }> {
  const texts: string[] = [];
  const codes: number[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => texts.push(String(text)) > 0);
  const command = effortCommand(
    () => new AbortController().signal,
    (code) => codes.push(code),
  );
  await command.parseAsync(args, { from: 'user' });
  return { text: texts.join(''), codes };
}

describe('filterbench effort --no-build', () => {
  it('prints a line for each variant, in 80 columns', async () => {
    const { text, codes } = await printed('--no-build');
    const lines = text.split('\n');
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(lines[0]).toMatch(/^variant +shell +job +jobs +config +KiB +build s$/);
    expect(text).toMatch(/^cpp +0 +\d+ +8 +\d+ +– +–$/m);
    expect(text).toMatch(/^ext-authz\/typescript-grpc +\d+ +\d+ +\d+ +\d+ +– +–$/m);
    expect(text).toMatch(/^No build of cpp, lua, ext-proc\/typescript/m);
    expect(codes).toEqual([0]);
  });

  it('keeps the evidence of those that are named', async () => {
    const out = join(dir, 'kept');
    const { text } = await printed('wasm/c', 'lua', '--no-build', '--out', out, '--json');
    const kept = (await readFile(join(out, 'evidence.ndjson'), 'utf8')).trim().split('\n');
    const evidence = kept.map((line) => evidenceSchema.parse(JSON.parse(line)));
    expect(evidence.map(({ arm }) => arm)).toEqual(['effort/lua@1.40.0', 'effort/wasm/c@1.40.0']);
    expect(JSON.parse(text)).toEqual({ schema: 'filterbench/effort@1', evidence });
  });

  it('is told of a name that there is not, before anything is written', async () => {
    const failing = printed('cobol', '--no-build', '--out', join(dir, 'none'));
    await expect(failing).rejects.toThrow(BadInputError);
    await expect(failing).rejects.toThrow(/no variant has 'cobol'/);
  });
});
