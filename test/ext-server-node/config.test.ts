import { describe, expect, it } from 'vitest';
import { parseJob } from '../../src/ext-server-node/jobs/config.js';
import { linked } from '../../src/ext-server-node/jobs/links.js';

const refusal = (job: unknown) => {
  try {
    parseJob(typeof job === 'string' ? job : JSON.stringify(job));
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
  return null;
};

describe('a job', () => {
  it.each([
    ['no JSON', '{', 'not JSON'],
    ['no job', {}, 'a text "job"'],
    ['an unknown job', { job: 'dance' }, '"dance"; known: noop'],
    ['a name that every object has', { job: 'constructor' }, 'unknown job "constructor"'],
    ['work that only the Rust server does', { job: 'calibrate', cpuNs: 1 }, 'unknown job "calibrate"'],
    ['an unknown field', { job: 'noop', x: 1 }, '"x"'],
    ['a missing table', { job: 'access' }, 'keys'],
    [
      'a header in capitals',
      { job: 'headers', request: { 'X-A': 'b' } },
      '"X-A" is not a lower-case HTTP header name',
    ],
    ['an empty header', { job: 'headers', response: { 'x-a': '' } }, 'response.x-a: must be visible text'],
    ['a line break in a table', { job: 'lookup', header: 'a', set: 'b', table: { k: 'a\nb' } }, 'table.k'],
    ['a header name of two words', { job: 'lookup', header: 'a b', set: 'b', table: {} }, 'header: "a b"'],
    ['a word of other letters', { job: 'inspect', words: ['größe'] }, 'words.0: must be ASCII letters only'],
    ['a word too short', { job: 'inspect', words: ['ab'] }, 'words.0'],
    ['no words', { job: 'inspect', words: [] }, 'words'],
    [
      'words that overlap',
      { job: 'redact', words: ['silver', 'verdant'] },
      '"silver" and "verdant" could overlap',
    ],
  ])('is refused for %s, in one line that names it', (_, job, why) => {
    expect(refusal(job)).toContain(why);
    expect(refusal(job)).toMatch(/^job configuration: [^\n]*$/);
  });

  it('may look for words that overlap, as it only refuses', () => {
    expect(refusal({ job: 'inspect', words: ['silver', 'verdant'] })).toBeNull();
  });

  it('sets its headers in the order of their names', () => {
    const { responseHeaders } = parseJob('{"job":"headers","response":{"x-b":"2","x-a":"1"}}');
    expect(responseHeaders.map(({ name }) => name)).toEqual(['x-a', 'x-b']);
  });
});

describe('a chain', () => {
  const first = (text: string) => parseJob(text).responseHeaders[0]?.name;

  it.each([
    '{"job":"chain"}',
    '{"job":"headers","request":{"x-bench-link-${link}":"filterbench"},"response":{"x-bench-link-${link}":"filterbench"}}',
  ])('has a job for every link: %s', (text) => {
    const links = linked(text, first);
    expect(links.isChain).toBe(true);
    expect([undefined, '1', '2', '16'].map((link) => links.of(link))).toEqual(
      ['1', '1', '2', '16'].map((link) => `x-bench-link-${link}`),
    );
    for (const none of ['0', '17', '-1', 'first', '01', '']) expect(links.of(none), none).toBeUndefined();
  });

  it('is no other job, whoever asks', () => {
    const one = linked('{"job":"noop"}', (text) => parseJob(text).name);
    expect([one.isChain, one.of('x')]).toEqual([false, 'noop']);
    expect(() => linked('{"job":"chain","n":2}', parseJob)).toThrow('"chain"');
  });
});
