import { describe, expect, it } from 'vitest';
import { lastWords, refusalWords, warningsOf, withBareFileNames } from '../../src/compat/envoy-log.js';
import { logs } from './recorded-logs.js';

describe('warnings', () => {
  it('are what Envoy said at that level or a worse one, once each, without time, thread and place', () => {
    expect(warningsOf(logs.quiet + logs.quiet)).toEqual([logs.ambient, 'caught ENVOY_SIGTERM']);
    expect(warningsOf(logs.quiet.replaceAll('warning', 'info'))).toEqual([]);
  });

  it('are the same in every start, though folders, ports and addresses are not', () => {
    const at = (path: string, port: number, address: string) =>
      warningsOf(
        `[2026-11-25 01:50:10.901][7][warning][misc] [source/a.cc:1] ${path} asks 127.0.0.1:${port} at ${address}\n`,
      );
    const said = ['libx.so asks 127.0.0.1:PORT at 0x…'];
    expect(at('/opt/a/libx.so', 12_345, '0x7ffc1234')).toEqual(said);
    expect(at('/tmp/b-2/c/libx.so', 23_456, '0x55aabbcc00')).toEqual(said);
  });

  it('are not what others print, nor the lines that go on after them', () => {
    expect(warningsOf(`filterbench: careful\n${logs.quiet}filterbench: more\n`)).toHaveLength(2);
  });
});

describe('the words of a refusal', () => {
  it('are the last error, said once', () => {
    const words = refusalWords(logs.refused);
    expect(words).toMatch(/^Failed to load dynamic module: .*: undefined symbol: \w+$/);
    expect(words).not.toMatch(/\/|`|envoy\.yaml/);
    expect(refusalWords(logs.refusedByNewer)).toBe(words);
  });

  it('are without the configuration', () => {
    expect(refusalWords(logs.lacking)).toMatch(/TransformConfig'\)$/);
  });

  it('are without the place in it, which moves', () => {
    expect(refusalWords(logs.unknownField)).toMatch(
      /v3\.Config: no such field: 'clear_route_cache'\) has unknown fields$/,
    );
  });

  it('are the last line where Envoy says nothing of its own, and never nothing', () => {
    expect(refusalWords('/bin/envoy: cannot execute\n\n')).toBe('/bin/envoy: cannot execute');
    expect(refusalWords('\n')).toBe('it printed nothing');
  });
});

describe('last words', () => {
  it('are the name of the signal, not the backtrace below it', () => {
    expect(lastWords(logs.crash)).toBe('Caught Segmentation fault, suspect faulting address 0x0');
  });

  it("are the dynamic linker's where it ends the process", () => {
    const line = '/opt/envoy: symbol lookup error: /opt/m/libx.so: undefined symbol: envoy_callback';
    expect(lastWords(`${logs.quiet}${line}\n`)).toBe(
      '/opt/envoy: symbol lookup error: libx.so: undefined symbol: envoy_callback',
    );
  });

  it('are the last line otherwise', () => {
    expect(lastWords(logs.quiet)).toBe('caught ENVOY_SIGTERM');
    expect(lastWords('')).toBe('it printed nothing');
  });
});

it('a log is kept whole, but for where files are', () => {
  const kept = withBareFileNames(logs.refused);
  expect(kept).toContain('undefined symbol');
  expect(kept).not.toMatch(/\/(opt|tmp)\//);
  expect(kept.split('\n')).toHaveLength(logs.refused.split('\n').length);
});
