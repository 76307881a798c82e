import { describe, expect, it } from 'vitest';
import { type Attempt, judge, worstOf } from '../../src/compat/outcome.js';
import { compatOutcomeSchema, isUsable } from '../../src/results/schema/index.js';
import { logs } from './recorded-logs.js';

const plain = { extensions: ['envoy.wasm.runtime.v8'], ambient: ['caught ENVOY_SIGTERM', logs.ambient] };
const lived: Attempt = { moment: 'stop', exit: { code: 0, signal: null }, failed: null, log: logs.quiet };
const failed = { case: 'both headers are set', problem: 'status 503, expected 200' };
const segv = { code: null, signal: 'SIGSEGV' };

describe('one start', () => {
  it('in which all goes well loads, whatever this Envoy warns of anyway', () => {
    expect(judge(lived, plain)).toEqual({
      outcome: 'loads',
      words: null,
      case: null,
      moment: null,
      exit: null,
    });
  });

  it('in which Envoy says more than without a filter warns, with the words', () => {
    const { outcome, words } = judge({ ...lived, log: logs.deprecated }, plain);
    expect(outcome).toBe('warns');
    expect(words).toMatch(
      /^Dynamic module ABI version v0\.1\.0 is deprecated\. Please recompile .* program\.$/,
    );
    const twice = logs.deprecated + logs.deprecated.replace('v0.1.0', 'v0.2.0');
    expect(judge({ ...lived, log: twice }, plain).words).toBe(`${words} (and 1 more)`);
  });

  it('that ends with an error is refused, with the words', () => {
    const verdict = judge(
      { ...lived, moment: 'start', exit: { code: 1, signal: null }, log: logs.refused },
      plain,
    );
    expect(verdict).toEqual({
      outcome: 'refused',
      words:
        'Failed to load dynamic module: Failed to load dynamic module: libfilterbench.so : libfilterbench.so: ' +
        'undefined symbol: envoy_dynamic_module_callback_http_get_body_chunks_size',
      case: null,
      moment: null,
      exit: { code: 1, signal: null },
    });
  });

  it('that ends because the build lacks a declared extension is absent; another extension is refused', () => {
    const ended = { ...lived, moment: 'start', exit: { code: 1, signal: null }, log: logs.lacking } as const;
    const type = 'envoy.extensions.filters.http.transform.v3.TransformConfig';
    expect(judge(ended, { ...plain, extensions: [type] })).toMatchObject({
      outcome: 'absent',
      words: `Unable to parse JSON as proto (INVALID_ARGUMENT: could not find @type 'type.googleapis.com/${type}')`,
    });
    expect(judge(ended, plain).outcome).toBe('refused');
  });

  it('that lacks what was only warned of is absent, with that warning', () => {
    const ended = {
      ...lived,
      moment: 'start',
      exit: { code: 1, signal: null },
      log: logs.withoutWasm,
    } as const;
    expect(judge(ended, plain)).toMatchObject({
      outcome: 'absent',
      words:
        'Failed to create Wasm VM using envoy.wasm.runtime.v8 runtime. Envoy was compiled without support for it',
    });
    expect(judge(ended, { ...plain, extensions: [] })).toMatchObject({
      ...{ outcome: 'refused', words: 'Unable to create Wasm plugin filterbench' },
    });
  });

  it('that a signal ends before it is ready dies', () => {
    expect(judge({ ...lived, moment: 'start', exit: segv, log: logs.crash }, plain)).toMatchObject({
      ...{ outcome: 'dies', moment: 'start', exit: segv, case: null },
      words: 'Caught Segmentation fault, suspect faulting address 0x0',
    });
  });

  it('that never gets ready misbehaves', () => {
    expect(judge({ ...lived, moment: 'start', exit: null }, plain)).toMatchObject({
      ...{ outcome: 'misbehaves', case: 'start', exit: null },
      words: 'it was not ready in time, and was ended',
    });
  });

  it('in which it ends at a request dies, whatever the case said, and the case is named', () => {
    expect(judge({ ...lived, moment: 'request', exit: segv, failed, log: logs.crash }, plain)).toMatchObject({
      ...{ outcome: 'dies', moment: 'request', exit: segv, case: failed.case },
      words: 'Caught Segmentation fault, suspect faulting address 0x0',
    });
  });

  it('in which it ends after the last case dies, too', () => {
    const verdict = judge({ ...lived, moment: 'request', exit: { code: 3, signal: null } }, plain);
    expect(verdict).toMatchObject({ outcome: 'dies', case: null, exit: { code: 3, signal: null } });
  });

  it('in which a case fails misbehaves, with the case and the problem', () => {
    expect(judge({ ...lived, failed, log: logs.deprecated }, plain)).toEqual({
      ...{ outcome: 'misbehaves', words: failed.problem, case: failed.case, moment: null, exit: null },
    });
  });

  it('that a signal ends when it is told to end dies; one that had to be killed does not', () => {
    expect(judge({ ...lived, exit: { code: null, signal: 'SIGABRT' } }, plain)).toMatchObject({
      ...{ outcome: 'dies', moment: 'stop', exit: { code: null, signal: 'SIGABRT' } },
    });
    expect(judge({ ...lived, exit: { code: 1, signal: null } }, plain).outcome).toBe('dies');
    expect(judge({ ...lived, exit: { code: null, signal: 'SIGKILL' } }, plain).outcome).toBe('loads');
  });

  it('without a filter gives the warnings that count no more, so its own count for nothing', () => {
    expect(judge({ ...lived, log: logs.deprecated }, { ...plain, ambient: null }).outcome).toBe('loads');
  });
});

describe('several scenarios', () => {
  const of = (outcome: (typeof compatOutcomeSchema.options)[number], words: string | null = null) => ({
    ...{ outcome, words, case: null, moment: null, exit: null },
  });

  it('are as good as the worst, and what the first such said', () => {
    expect(worstOf([of('loads'), of('warns', 'a'), of('warns', 'b')])).toEqual(of('warns', 'a'));
    expect(worstOf([of('warns', 'a'), of('misbehaves', 'b')])).toEqual(of('misbehaves', 'b'));
    expect(worstOf([of('loads')])).toEqual(of('loads'));
  });

  it('go on while it loads', () => {
    expect(compatOutcomeSchema.options.filter((outcome) => isUsable({ outcome }))).toEqual([
      'loads',
      'warns',
    ]);
  });
});
