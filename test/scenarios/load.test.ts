import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadInputError } from '../../src/errors.js';
import { variants } from '../../src/mechanisms/index.js';
import { packagePaths } from '../../src/paths.js';
import { familyNames, loadScenarios, scenarioNames } from '../../src/scenarios/load.js';
import { loadFamily } from '../../src/scenarios/load-family.js';
import { usesUpstream } from '../../src/scenarios/scenario.js';

describe('the scenarios that are shipped', () => {
  it('all load, the plainest first', async () => {
    const names = await scenarioNames();
    expect(names.slice(0, 3)).toEqual(['noop', 'headers', 'access']);
    const scenarios = await loadScenarios(names);
    expect(scenarios.map(({ name }) => name)).toEqual(names);
    for (const { job, load, cases } of scenarios) {
      expect(job.job).not.toBe('');
      expect(load.length).toBeGreaterThan(0);
      expect(cases.length).toBeGreaterThan(0);
    }
  });

  it('except nobody from a case but a variant that there is, with a reason', async () => {
    for (const { cases } of await loadScenarios(await familyNames())) {
      for (const [variant, why] of cases.flatMap(({ exceptFor = {} }) => Object.entries(exceptFor))) {
        expect(variants.map(({ id }) => id)).toContain(variant);
        expect(why).not.toBe('');
      }
    }
  });

  it('access looks up 1,000 keys, and its job holds the whole table', async () => {
    const [access] = await loadScenarios(['access']);
    expect(Object.keys(access!.tables.keys!)).toHaveLength(1_000);
    expect(access!.job).toEqual({ job: 'access', keys: access!.tables.keys });
  });

  it('expect of every case and of every request something that a filter could get wrong', async () => {
    for (const scenario of await loadScenarios(await scenarioNames())) {
      const { name, load, cases, answer } = scenario;
      // An answer of the upstream's is checked by its length, which a proof learns.
      for (const { expect: expected } of load)
        expect(expected.body ?? (answer || expected.headers), `${name}: load`).not.toEqual({});
      // Where there are bodies they are always compared, with what was sent where nothing else is said.
      if (usesUpstream(scenario)) continue;
      for (const item of cases) {
        const { upstream, client } = item.expect;
        const checked = Object.keys({ ...upstream?.headers, ...client.headers }).length;
        expect(upstream === null || checked > 0, `${name}: ${item.name}`).toBe(true);
      }
    }
  });
});

const good = `name: mine
title: Mine
summary: A scenario of a test
phases: [request]
tables: { keys: keys.json }
job:
  job: access
  keys: \${keys}
load:
  - repeat: 2
    request:
      headers: { x-api-key: { pick: keys } }
    expect: { status: 200 }
cases:
  - name: first
    expect:
      upstream: null
      client: { status: 401 }
`;

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
  writeFileSync(join(dir, 'keys.json'), '{"key-1":"client-1"}');
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Loads a scenario file of this text, with what it says when it refuses. */
async function load(text: string, file = 'mine.yaml') {
  const path = join(dir, file);
  writeFileSync(path, text);
  try {
    return { path, scenario: (await loadFamily(path))[0]!, error: null };
  } catch (error) {
    return { path, scenario: null, error: error as BadInputError };
  }
}

/** The good scenario with one thing changed. */
function changed(from: string | RegExp, to: string): string {
  const text = good.replace(from, to);
  expect(text).not.toBe(good);
  return text;
}

it('a scenario of a user loads, with defaults filled in and tables read', async () => {
  const { scenario } = await load(good);
  expect(scenario).toMatchObject({
    name: 'mine',
    tables: { keys: { 'key-1': 'client-1' } },
    job: { job: 'access', keys: { 'key-1': 'client-1' } },
  });
  expect(scenario!.load[0]).toMatchObject({ repeat: 2, request: { method: 'GET' } });
  expect(scenario!.cases[0]!.request).toEqual({ method: 'GET', headers: {} });
});

describe('a broken scenario names file, line and field', () => {
  it.each([
    ['a syntax error', 'phases: [request]', 'phases: [request', '\\d+: not valid YAML'],
    ['a wrong type', 'status: 200', 'status: fine', '13: load.0.expect.status: '],
    ['a status that is none', 'status: 401', 'status: 99', '18: cases.0.expect.client.status: '],
    ['an unknown phase', '[request]', '[request, body]', '4: phases.1: '],
    ['no phase', '[request]', '[]', '4: phases: '],
    ['an unknown method', 'headers: { x', 'method: BREW\n      headers: { x', '12: load.0.request.method: '],
    ['too many repeats', 'repeat: 2', 'repeat: 5000', '10: load.0.repeat: '],
    ['an unknown field', 'title: Mine', 'title: Mine\ntitel: Mine', '3: titel: unknown field'],
    [
      'an unknown field deep inside',
      'status: 401',
      'status: 401, boby: x',
      '18: cases.0.expect.client.boby: unknown field',
    ],
    ['a missing field', 'title: Mine\n', '', '1: title: .*received undefined'],
    ['a missing expectation', '    expect: { status: 200 }\n', '', '10: load.0.expect: '],
    ['a missing job name', '  job: access\n', '', '6: job.job: |7: job.job: '],
    ['no case', /cases:[\s\S]*/, 'cases: []\n', '14: cases: '],
    ['a name that cannot be one', 'name: mine', 'name: My Scenario', '1: name: '],
  ])('%s', async (_what, from, to, expected) => {
    const { path, error } = await load(changed(from, to));
    expect(error).toBeInstanceOf(BadInputError);
    expect(error!.message).toMatch(new RegExp(`^${path}:(${expected})`));
    expect(error!.next).not.toBe('');
  });
});

describe('a scenario that does not fit its surroundings', () => {
  it('by a name that is not that of its file', async () => {
    const { path, error } = await load(good, 'other.yaml');
    expect(error).toBeInstanceOf(BadInputError);
    expect(error!.message).toContain(path);
    expect(error!.message).toContain('name: is "mine"');
    expect(error!.message).toContain('the file is named "other"');
  });

  it('by a pick from a table that is not declared', async () => {
    const { path, error } = await load(changed('pick: keys', 'pick: kees'));
    expect(error).toBeInstanceOf(BadInputError);
    expect(error!.message).toContain(path);
    expect(error!.message).toContain('load.0.request.headers.x-api-key: there is no table "kees"');
    expect(error!.message).toContain('known: keys');
  });

  it.each([
    ['is not there', null],
    ['is not JSON', '{'],
    ['is no object', '["key-1"]'],
    ['has a value that is no text', '{"key-1":1}'],
  ])('by a table that %s', async (_what, text) => {
    if (text === null) rmSync(join(dir, 'keys.json'));
    else writeFileSync(join(dir, 'keys.json'), text);
    const { path, error } = await load(good);
    expect(error).toBeInstanceOf(BadInputError);
    expect(error!.message).toContain(`${path}: tables.keys: ${join(dir, 'keys.json')}`);
  });

  it.each([
    ['its name', 'other.yaml', good, 1],
    ['a pick', 'mine.yaml', good.replace('pick: keys', 'pick: kees'), 12],
  ])('the line of %s', async (_what, file, text, line) => {
    const { path, error } = await load(text, file);
    expect(error!.message).toContain(`${path}:${line}: `);
  });

  it('by a job that names a table that is not declared', async () => {
    const { path, error } = await load(changed('{keys}', '{kees}'));
    expect(error!.message).toContain('kees');
    expect(error).toBeInstanceOf(BadInputError);
    expect(error!.message).toContain(path);
  });
});

describe('scenarios by name', () => {
  it('come in the order in which they were asked for', async () => {
    const scenarios = await loadScenarios(['headers', 'noop']);
    expect(scenarios.map(({ name }) => name)).toEqual(['headers', 'noop']);
  });

  it('an unknown one is refused with the nearest and with all that are known', async () => {
    const loading = loadScenarios(['noop', 'header']);
    await expect(loading).rejects.toThrow(BadInputError);
    await expect(loading).rejects.toThrow('unknown scenario "header" (did you mean "headers"?)');
    await expect(loading).rejects.toMatchObject({ next: expect.stringContaining('noop, headers, access') });
  });

  it('one that is like none gets no suggestion', async () => {
    await expect(loadScenarios(['banana'])).rejects.toThrow(/^unknown scenario "banana"$/);
  });

  it('in a folder of its own are found beside claims.yaml, which is none', async () => {
    cpSync(join(packagePaths.scenarios, 'noop.yaml'), join(dir, 'noop.yaml'));
    writeFileSync(join(dir, 'mine.yaml'), good);
    writeFileSync(join(dir, 'claims.yaml'), 'claims: []\n');
    expect(await familyNames(dir)).toEqual(['noop', 'mine']);
    expect(await scenarioNames(dir)).toEqual(['noop', 'mine']);
    const [mine] = await loadScenarios(['mine'], dir);
    expect(mine!.title).toBe('Mine');
    await expect(loadScenarios(['headers'], dir)).rejects.toThrow(BadInputError);
    await expect(loadScenarios(['claims'], dir)).rejects.toThrow(BadInputError);
  });

  it('a broken one is named by its file when it is asked for', async () => {
    writeFileSync(join(dir, 'mine.yaml'), 'name: [');
    await expect(loadScenarios(['mine'], dir)).rejects.toThrow(`${join(dir, 'mine.yaml')}:1: `);
  });
});
