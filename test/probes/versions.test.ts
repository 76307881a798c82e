import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prebuilt } from '../../src/mechanisms/prebuilt.js';
import { asVersionTwo, jobOfCode, versionOf } from '../../src/probes/swap/versions.js';

describe('which version gave an answer', () => {
  it.each([
    ['no header', { status: 200, headers: {}, body: 'ok' }, 'none'],
    ['a header', { status: 200, headers: { 'x-bench-response': 'two' }, body: 'ok' }, 'two'],
    ['a word of the first code', { status: 403, headers: {}, body: 'Blocked: card number.' }, 'one'],
    ['a word of the second code', { status: 403, headers: {}, body: 'Refused: card number.' }, 'two'],
    ['a refusal by somebody else', { status: 403, headers: {}, body: 'RBAC: access denied' }, null],
    ['an error', { status: 503, headers: { 'x-bench-response': 'two' }, body: '' }, null],
  ])('is told by %s', (_what, answer, version) => {
    expect(versionOf(answer)).toBe(version);
  });
});

describe('code of another version', () => {
  it('differs in its word alone, wherever that stands', () => {
    const code = Buffer.from('\0asm Blocked: a. Blocked: b.');
    expect(asVersionTwo(code).toString()).toBe('\0asm Refused: a. Refused: b.');
    expect(code.toString()).toContain('Blocked');
  });

  it('can be made of the shipped modules', () => {
    const files = [prebuilt.wasm, `${prebuilt.dynamicModule('v0.2')}/libfilterbench.so`];
    for (const file of files.filter(existsSync)) {
      const code = readFileSync(file);
      const changed = asVersionTwo(code);
      expect([changed.length, changed.equals(code)], file).toEqual([code.length, false]);
    }
  });

  it('cannot be made of code that does not say the word', () => {
    expect(() => asVersionTwo(Buffer.from('nothing'))).toThrow(RangeError);
  });

  it('gets a configuration that differs in nothing that counts', () => {
    expect(jobOfCode(1)).not.toBe(jobOfCode(2));
    expect(JSON.parse(jobOfCode(1))).toEqual(JSON.parse(jobOfCode(2)));
  });
});
