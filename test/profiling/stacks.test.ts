import { describe, expect, it } from 'vitest';
import { frameReader } from '../../src/profiling/frames.js';
import { addSample, foldedText, noSamples } from '../../src/profiling/stacks.js';

const frameOf = frameReader((object) =>
  object === '/x/envoy' ? { known: 1, at: () => ({ name: 'A::[1];x', owner: 'A' }) } : null,
);
const raw = (symbol: string | null, object: string) => ({ place: 16, symbol, object });
const kernel = frameOf(raw('tcp_sendmsg', '[kernel.kallsyms]'));
const jit = frameOf(raw(null, '/tmp/perf-1.map'));
const named = frameOf(raw('main', '/bin/server'));
const stripped = frameOf(raw('exported_by_chance', '/x/envoy'));

describe('frameReader', () => {
  it.each([
    ['[kernel.kallsyms]', 'kernel'],
    ['[nf_conntrack]', 'kernel'],
    ['[vdso]', 'file'],
    ['[unknown]', 'file'],
    ['//anon', 'jit'],
    ['/tmp/perf-12.map', 'jit'],
    ['/usr/lib/libc.so.6', 'file'],
  ])('%s is of kind %s', (object, kind) => {
    expect(frameOf(raw('f', object)).kind).toBe(kind);
  });

  it('prefers what is known of a program to what perf guesses, and keeps names on one line', () => {
    expect(stripped).toEqual({ name: 'A::[1]:x', owner: 'A', kind: 'file', object: 'envoy' });
  });

  it('says what it does not know', () => {
    expect(jit.name).toBe('[compiled at run time]');
    expect(frameOf(raw(null, '/x/lib.so'))).toMatchObject({ name: '[lib.so]', owner: null });
  });
});

describe('addSample', () => {
  const reading = { root: 'envoy', placeOf: () => 'somewhere', isUnderFilter: () => true };

  it('counts a sample once in each way, and folds it from the outermost function', () => {
    const samples = noSamples();
    addSample(samples, [kernel, named], reading);
    addSample(samples, [kernel, named], reading);
    addSample(samples, [jit, stripped], reading);
    addSample(samples, [], reading);
    expect(samples.samples).toBe(4);
    expect(samples.underFilter).toBe(4);
    expect([...samples.places]).toEqual([['somewhere', 4]]);
    expect(samples.functions.get('tcp_sendmsg')).toBe(2);
    expect(foldedText(samples.folded)).toBe(
      ['envoy 1', 'envoy;A::[1]:x;[compiled at run time]_[j] 1', 'envoy;main;tcp_sendmsg_[k] 2', ''].join(
        '\n',
      ),
    );
  });
});
