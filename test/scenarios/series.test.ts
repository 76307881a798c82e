import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadInputError } from '../../src/errors.js';
import { loadScenarios, scenarioNames } from '../../src/scenarios/load.js';
import { loadFamily } from '../../src/scenarios/load-family.js';
import { jobOfLink, jobOfServer, linksOf, usesUpstream } from '../../src/scenarios/scenario.js';

const bodies = `name: scan
title: Scan
summary: Bodies of several sizes
phases: [request-body, response-body]
series: { quantity: bodyKiB, values: [1, 16, 128, 1024] }
job: { job: inspect, words: [sesame] }
upstream: { answer: { kind: prose } }
load:
  - repeat: 2
    request: { method: POST, body: { kind: chat, model: gpt-small } }
    expect: { status: 200, body: ok }
  - request: { method: POST, body: { kind: prose, plant: { every: 4096, of: [card, word] } } }
    expect: { status: 403 }
cases:
  - name: in pieces
    request: { method: POST, body: 'a body', pieces: 3 }
    answer: { headers: { x-a: b }, body: back }
    expect:
      upstream: { body: 'a body' }
      client: { status: 200, json: { a: 1 } }
`;

const row = `name: row
title: A row
summary: Filters in a row
phases: [request, response]
series: { quantity: filters, values: [1, 3] }
job: { job: headers, request: { "x-bench-link-\${link}": filterbench }, response: { x: "\${link}" } }
load:
  - expect: { status: 200, headers: { "x-bench-link-\${link}": filterbench }, body: ok }
cases:
  - name: all
    request: { headers: { "x-bench-link-\${link}": forged, x-other: kept } }
    expect:
      upstream: { headers: { "x-bench-link-\${link}": filterbench } }
      client: { status: 200, headers: { "x-bench-link-\${link}": filterbench } }
`;

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(file: string, text: string): string {
  const path = join(dir, file);
  writeFileSync(path, text);
  return path;
}

describe('a series of body sizes', () => {
  it('is a scenario for each value, with family, rung and exact sizes', async () => {
    const scenarios = await loadFamily(write('scan.yaml', bodies));
    expect(scenarios.map(({ name }) => name)).toEqual(['scan-1k', 'scan-16k', 'scan-128k', 'scan-1m']);
    expect(scenarios.map(({ title }) => title)).toEqual([
      'Scan, 1 KiB',
      'Scan, 16 KiB',
      'Scan, 128 KiB',
      'Scan, 1 MiB',
    ]);
    for (const [index, value] of [1, 16, 128, 1024].entries()) {
      const scenario = scenarios[index]!;
      expect(scenario).toMatchObject({ family: 'scan', rung: { quantity: 'bodyKiB', value } });
      const made = { bytes: value * 1_024, words: ['sesame'] };
      expect(scenario.load[0]!.request.body).toEqual({ ...made, kind: 'chat', model: 'gpt-small', index: 0 });
      expect(scenario.load[1]!.request.body).toMatchObject({ ...made, kind: 'prose', index: 1 });
      expect(scenario.answer).toMatchObject({ ...made, kind: 'prose' });
      expect(usesUpstream(scenario)).toBe(true);
      expect(linksOf(scenario)).toBe(1);
    }
  });

  it('keeps what a case says', async () => {
    const [scenario] = await loadFamily(write('scan.yaml', bodies));
    expect(scenario!.cases[0]).toMatchObject({
      request: { method: 'POST', body: 'a body', pieces: 3 },
      answer: { headers: { 'x-a': 'b' }, body: 'back' },
      expect: { upstream: { body: 'a body', headers: {} }, client: { json: { a: 1 } } },
    });
  });
});

describe('a series of filters in a row', () => {
  it('expects a header of each, and gives each a job of its own', async () => {
    const [one, three] = await loadFamily(write('row.yaml', row));
    expect([one!.name, three!.name]).toEqual(['row-1', 'row-3']);
    expect([linksOf(one!), linksOf(three!)]).toEqual([1, 3]);
    const headers = (value: string) => ({
      'x-bench-link-1': value,
      'x-bench-link-2': value,
      'x-bench-link-3': value,
    });
    expect(three!.load[0]!.expect.headers).toEqual(headers('filterbench'));
    expect(three!.cases[0]!.request.headers).toEqual({ ...headers('forged'), 'x-other': 'kept' });
    expect(three!.cases[0]!.expect.upstream!.headers).toEqual(headers('filterbench'));
    expect(one!.cases[0]!.expect.client.headers).toEqual({ 'x-bench-link-1': 'filterbench' });
    expect(jobOfLink(three!, 2)).toEqual({
      job: 'headers',
      request: { 'x-bench-link-2': 'filterbench' },
      response: { x: '2' },
    });
    expect(jobOfServer(three!)).toEqual({ job: 'chain' });
    expect(usesUpstream(three!)).toBe(false);
  });
});

describe('a scenario without a series', () => {
  it('is its own family', async () => {
    const [noop] = await loadScenarios(['noop']);
    expect(noop).toMatchObject({ name: 'noop', family: 'noop', rung: null, answer: null });
    expect(jobOfLink(noop!, 1)).toEqual({ job: 'noop' });
    expect(jobOfServer(noop!)).toEqual({ job: 'noop' });
  });
});

describe('by name', () => {
  beforeEach(() => {
    write('scan.yaml', bodies);
    write('row.yaml', row);
  });
  const names = async (words: string[]) => (await loadScenarios(words, dir)).map(({ name }) => name);

  it('a family stands for all of its series, in order; each can be named by itself', async () => {
    expect(await names(['row', 'scan-16k'])).toEqual(['row-1', 'row-3', 'scan-16k']);
    expect(await names(['scan-16k', 'scan'])).toEqual(['scan-16k', 'scan-1k', 'scan-128k', 'scan-1m']);
    expect(await scenarioNames(dir)).toEqual([
      'row-1',
      'row-3',
      'scan-1k',
      'scan-16k',
      'scan-128k',
      'scan-1m',
    ]);
  });

  it('one that is not in the series is refused with the nearest', async () => {
    await expect(names(['scan-128m'])).rejects.toThrow(
      'unknown scenario "scan-128m" (did you mean "scan-128k"?)',
    );
    await expect(names(['scam'])).rejects.toThrow('unknown scenario "scam" (did you mean "scan"?)');
  });

  it('a broken file hinders none but its own', async () => {
    write('broken.yaml', 'name: [');
    expect(await names(['row-1'])).toEqual(['row-1']);
    await expect(names(['banana'])).rejects.toThrow(/^unknown scenario "banana"$/);
    await expect(names(['broken'])).rejects.toThrow('broken.yaml:1: ');
    await expect(names(['broken-1k'])).rejects.toThrow('broken.yaml:1: ');
  });
});

describe('bodies that do not fit together are refused with file, line and field', () => {
  const of = (quantity: string) => `series: { quantity: ${quantity}`;
  it.each([
    ['an unknown quantity', of('bodyKiB'), of('bodyMiB'), '5: series.quantity: '],
    ['values that fall', '[1, 16,', '[16, 1,', '5: series.values: smallest first, each once'],
    ['a value twice', '[1, 16,', '[1, 1,', '5: series.values: smallest first, each once'],
    ['no value', '[1, 16, 128, 1024]', '[]', '5: series.values: '],
    ['a body larger than Envoy buffers', '1024]', '4096]', '5: series.values: at most 2048 KiB'],
    ['no body phase', '[request-body, response-body]', '[request]', '5: series.quantity: bodyKiB needs '],
    ['no series', `${of('bodyKiB')}, values: [1, 16, 128, 1024] }\n`, '', 'load.0.request.body: its size is'],
    [
      'a series of filters without a row',
      of('bodyKiB'),
      of('filters'),
      'series.values: at most 2048 KiB, or 64 filters',
    ],
    [
      'a body that no phase looks at',
      '[request-body, ',
      '[',
      'load.0.request.body: a body needs request-body',
    ],
    [
      'a body that a GET has',
      'method: POST, body: { kind: chat',
      'body: { kind: chat',
      'load.0.request.body: .*not GET',
    ],
    [
      'an answer that no phase looks at',
      ', response-body]',
      ']',
      'upstream.answer: an answer needs response-body',
    ],
    [
      'no answer',
      'upstream: { answer: { kind: prose } }\n',
      '',
      '4: phases: response-body needs upstream.answer',
    ],
    [
      'headers that wait for no body',
      '[request-body, response-body]',
      '[response-body]\nheadersWait: true',
      '5: headersWait: headers wait for a body',
    ],
    ['an unknown kind', 'kind: chat', 'kind: poem', 'load.0.request.body.kind: '],
    ['a model that cannot be one', 'gpt-small', '"a \\"b"', 'load.0.request.body.model: '],
    [
      'a model without a chat',
      'kind: chat, model',
      'kind: prose, model',
      'load.0.request.body.model: only a chat',
    ],
    ['plants too close', 'every: 4096', 'every: 8', 'load.1.request.body.plant.every: '],
    ['an unknown plant', '[card, word]', '[card, iban]', 'load.1.request.body.plant.of.1: '],
    [
      'no words to plant',
      ', words: [sesame]',
      '',
      'load.1.request.body.plant.of: the job has no list "words"',
    ],
    ['a word of other than letters', '[sesame]', '[open sesame]', 'job.words: "open sesame" is not'],
    ['a word that every chat holds', '[sesame]', '[role]', 'load.0.request.body: every chat request holds'],
    ['words that leave no prose', '[sesame]', '[a, e, i, o, u, y]', 'job.words: nothing is left'],
    ['pieces of nothing', "body: 'a body', pieces", 'pieces', 'cases.0.request.pieces: there is no body'],
    ['more pieces than bytes', 'pieces: 3', 'pieces: 7', 'cases.0.request.pieces: a body of 6 bytes'],
    [
      'two expected bodies',
      '{ a: 1 } }',
      '{ a: 1 }, body: x }',
      'cases.0.expect.client.json: body or json, not both',
    ],
  ])('%s', async (_what, from, to, expected) => {
    const text = bodies.replace(from, to);
    expect(text).not.toBe(bodies);
    const path = write('scan.yaml', text);
    const error = await loadFamily(path).catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(BadInputError);
    const [line, ...more] = (error as BadInputError).message.split('\n');
    expect(more).toEqual([]);
    expect(line).toMatch(new RegExp(`^${path}:\\d+: `));
    expect(line!.slice(path.length + 1)).toMatch(new RegExp(expected));
  });
});
