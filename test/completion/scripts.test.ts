import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.js';

let dir: string;
const scripts: Record<string, string> = {};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-completion-'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const printed: string[] = [];
    const write = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => printed.push(String(text)) > 0);
    expect(await main(['completion', shell])).toBe(0);
    write.mockRestore();
    scripts[shell] = printed.join('');
    writeFileSync(join(dir, shell), printed.join(''));
  }
});
afterAll(() => rmSync(dir, { recursive: true }));

/** What bash proposes after these words, as it would take them apart itself. */
function proposed(...words: string[]): string[] {
  const child = `
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_filterbench
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', child, 'bash', join(dir, 'bash'), 'filterbench', ...words], {
    encoding: 'utf8',
    cwd: dir,
  });
  return out.split('\n').filter((line) => line !== '');
}

describe('the script for bash', () => {
  it('is one that bash takes', () => {
    execFileSync('bash', ['-n', join(dir, 'bash')]);
  });

  it('proposes commands, and commands below them', () => {
    expect(proposed('')).toEqual(expect.arrayContaining(['bench', 'doctor', 'init', 'completion', 'envoy']));
    expect(proposed('be')).toEqual(['bench']);
    expect(proposed('envoy', '')).toEqual(['fetch', 'list']);
    expect(proposed('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  it('proposes the flags of the command at hand', () => {
    expect(proposed('bench', '--pro')).toEqual(['--profile', '--prove-only']);
    expect(proposed('envoy', 'fetch', '--al')).toEqual(['--allow-unpinned']);
    expect(proposed('init', '--')).toEqual(expect.arrayContaining(['--force', '--help']));
    expect(proposed('bench', '--no')).toEqual(['--no-config']);
  });

  it('proposes what a flag takes', () => {
    expect(proposed('bench', '--profile', '')).toEqual(['smoke', 'quick', 'full']);
    expect(proposed('selftest', '--runtime', 'd')).toEqual(['docker']);
    expect(proposed('bench', '--scenarios', 'redact-16')).toEqual(['redact-16k']);
    expect(proposed('bench', '--mechanisms', 'wasm/r')).toEqual(['wasm/rust']);
    expect(proposed('calibrate', '--mechanisms', '')).toEqual(['dynamic-module', 'ext-proc', 'wasm', 'lua']);
    expect(proposed('bench', '--envoy', '1.39')).toContain('1.39.3');
    expect(proposed('claims', '--only', 'perf-lua-over-w')).toEqual(['perf-lua-over-wasm']);
    expect(proposed('bench', '--seed', '')).toEqual([]);
  });

  it('proposes more after a comma', () => {
    expect(proposed('bench', '--mechanisms', 'lua,wasm/r')).toEqual(['lua,wasm/rust']);
    expect(proposed('bench', '--scenarios', 'noop,headers,acc')).toEqual(['noop,headers,access']);
  });

  it('proposes after an equals sign, which bash takes apart', () => {
    expect(proposed('bench', '--profile', '=')).toEqual(['smoke', 'quick', 'full']);
    expect(proposed('bench', '--profile', '=', 'qu')).toEqual(['quick']);
  });

  it('proposes words of faults, probes and compat', () => {
    expect(proposed('faults', 'wasm/')).toContain('wasm/c');
    expect(proposed('probes', 'lua/w')).toContain('lua/waits');
    expect(proposed('compat', 'dynamic-module/rust-v')).toContain('dynamic-module/rust-v0.2');
  });

  it('proposes files and folders', () => {
    expect(proposed('bench', '--config', 'ba')).toEqual(['bash']);
    expect(proposed('report', 'ba')).toEqual([]);
  });

  it('holds nothing that a shell would carry out but its own lines', () => {
    expect(scripts.bash).not.toMatch(/`/);
  });
});

describe.each(['zsh', 'fish'])('the script for %s', (shell) => {
  it('names every command, flag and choice', () => {
    const script = scripts[shell]!;
    for (const word of [
      'bench',
      'doctor',
      'fetch',
      'precision',
      'prove-only',
      'smoke',
      'redact-16k',
      'wasm/rust',
    ])
      expect(script).toContain(word);
    expect(script).not.toContain('undefined');
  });

  it('has as many quotes that begin as end', () => {
    const escaped = shell === 'fish' ? /\\./g : /\\'/g;
    for (const line of scripts[shell]!.split('\n').filter((each) => !each.startsWith('#'))) {
      const quotes = line.replace(escaped, '').split("'").length - 1;
      expect(quotes % 2, line).toBe(0);
    }
  });
});
