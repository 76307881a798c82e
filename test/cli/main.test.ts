import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import { ExitCode } from '../../src/errors.js';

afterEach(() => vi.restoreAllMocks());

async function refusal(...args: string[]): Promise<string> {
  const printed: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  expect(await main(args)).toBe(ExitCode.badInput);
  return printed.join('');
}

describe('a slip of the keys is told with the nearest', () => {
  it.each([
    ['a command', ['bnech'], /Did you mean bench\?/],
    ['a command below one', ['envoy', 'fecth', '1.40.0'], /Did you mean fetch\?/],
    ['another command below one', ['filters', 'verfy'], /Did you mean verify\?/],
    ['a flag', ['bench', '--profil', 'smoke'], /Did you mean --profile\?/],
    ['a flag of another command', ['faults', '--outt', 'x'], /Did you mean --out\?/],
    ['a profile', ['bench', '--profile', 'quik'], /did you mean "quick"/],
    ['a runtime', ['bench', '--runtime', 'natve'], /did you mean "native"/],
    ['a runtime of calibrate', ['calibrate', '--runtime', 'dokcer'], /did you mean "docker"/],
    ['a client', ['selftest', '--client', 'autocanon'], /did you mean "autocannon"/],
    ['a network', ['bench', '--container-network', 'hots'], /did you mean "host"/],
    ['a shell', ['completion', 'bsah'], /did you mean "bash"/],
    ['an artefact', ['filters', 'build', 'dynamic-modul-c'], /did you mean "dynamic-module-c"/],
    ['one of several artefacts', ['filters', 'build', 'wasm', 'upstraem'], /did you mean "upstream"/],
  ])('%s', async (_, args, expected) => {
    const said = await refusal(...args);
    expect(said).toMatch(expected);
    expect(said).toMatch(/^ {2}next: /m);
  });

  it('and what is nowhere near is refused all the same', async () => {
    expect(await refusal('bench', '--profile', 'something')).toMatch(/smoke, quick, full\./);
  });
});
