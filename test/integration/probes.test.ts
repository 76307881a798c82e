import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { type Observation, observations } from '../../src/probes/observations.js';
import { type Evidence, type EvidenceOf, evidenceSchema } from '../../src/results/schema/index.js';
import { openPlace, type Place } from './cli-place.js';

const version = '1.40.0';
let envoy: string;
let place: Place;
beforeAll(async () => {
  envoy = (await resolveEnvoy(version)).path;
  place = openPlace();
}, 600_000);
afterAll(() => {
  for (const pid of place.processes()) process.kill(pid, 'SIGKILL');
  rmSync(place.dir, { recursive: true });
});

/** Runs probes by the command line; what they left behind is looked at each time. */
async function probe(out: string, ...words: string[]): Promise<{ facts: FactsOf; evidence: Evidence[] }> {
  const dir = join(place.dir, out);
  const { code, stdout, stderr } = await place.run([
    'probes',
    ...words,
    '--envoy',
    envoy,
    '--out',
    dir,
    '--json',
  ]);
  expect(code, stderr).toBe(ExitCode.done);
  expect(place.processes()).toEqual([]);
  expect(place.scratchFolders()).toEqual([]);
  const observed = JSON.parse(stdout) as Observation[];
  const evidence = readFileSync(join(dir, 'evidence.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => evidenceSchema.parse(JSON.parse(line)));
  expect(observations(evidence)).toEqual(observed);
  return { facts: (id) => observed.find((one) => one.probe === id), evidence };
}
type FactsOf = (id: string) => Observation | undefined;

describe('what mechanisms can do on Envoy 1.40.0', () => {
  let facts: FactsOf;
  let evidence: Evidence[];
  beforeAll(async () => {
    ({ facts, evidence } = await probe('functional', 'ext-authz', 'ext-proc/', 'lua/', 'wasm-runtime'));
  });

  it('ext_authz adds response headers and sees request bodies, and changes none', () => {
    expect(facts('ext-authz/response-headers')?.facts).toMatchObject({ works: true, asksPerRequest: 1 });
    expect(facts('ext-authz/request-body')?.facts).toMatchObject({
      works: true,
      upstreamGotItUnchanged: true,
    });
    expect(facts('ext-authz/response-body')?.facts).toEqual({
      works: false,
      requestBodyChanged: false,
      responseBodyChanged: false,
      responseSeen: false,
      asksPerRequest: 1,
    });
    expect(facts('ext-authz/http')?.facts).toMatchObject({
      works: true,
      deniedStatus: 403,
      deniedReachedUpstream: false,
    });
  });

  it.each(['request', 'response'])('ext_proc reads and changes %s bodies in every mode', (side) => {
    for (const mode of ['buffered', 'buffered-partial', 'streamed', 'full-duplex-streamed']) {
      const id = `ext-proc/${side}-body-${mode}`;
      expect(facts(id)?.facts, id).toMatchObject({ works: true, read: true, changed: true, status: 200 });
    }
    expect(facts(`ext-proc/${side}-body-buffered`)?.facts.chunksSeen).toBe(1);
    expect(facts(`ext-proc/${side}-body-streamed`)?.facts.chunksSeen).toBeGreaterThan(1);
  });

  it('ext_proc over HTTP does headers, and Envoy refuses bodies there by its own words', () => {
    expect(facts('ext-proc/http-headers')?.facts).toMatchObject({
      works: true,
      asksPerRequest: 2,
      bodySeen: false,
    });
    for (const body of ['request-body-buffered', 'request-body-streamed', 'response-body-buffered']) {
      const { facts: found, words } = facts(`ext-proc/http-${body}`) ?? {};
      expect(found, body).toEqual({ works: false, accepted: false });
      expect(words).toMatch(/http_service instead of gRPC service.*can not be configured to send body/);
    }
  });

  it('Lua comes inline and from a file, and waits without holding up its worker', () => {
    expect(facts('lua/inline')?.facts.works).toBe(true);
    expect(facts('lua/file')?.facts.works).toBe(true);
    expect(facts('lua/waits')?.facts).toMatchObject({
      works: true,
      workers: 1,
      othersAnsweredMeanwhile: 20,
      firstStillWaited: true,
    });
  });

  it('Wasm runs on V8; Wazero is no runtime of Envoy', () => {
    expect(facts('wasm-runtime/v8')?.facts).toEqual({
      works: true,
      accepted: true,
      builtIn: true,
      documented: true,
    });
    expect(facts('wasm-runtime/wazero')?.facts).toMatchObject({ accepted: false, documented: false });
    expect(facts('wasm-runtime/wazero')?.words).toMatch(/wazero.*compiled without support/);
    expect(facts('wasm-runtime/linked')?.facts.runtimes).toBe(
      'envoy.wasm.runtime.null envoy.wasm.runtime.v8',
    );
  });

  it('what was sent, received and told is kept with the configuration', () => {
    const found = evidence.find(
      (item) => item.kind === 'probe' && item.probe === 'ext-authz/response-headers',
    );
    const { exchanges, config } = found as EvidenceOf<'probe'>;
    expect(exchanges[0]).toMatchObject({
      request: { method: 'POST', body: 'from the client' },
      client: { status: 200, headers: { 'x-for-client': 'yes' }, body: 'from the upstream' },
      upstream: { headers: { 'x-for-upstream': 'yes' }, body: 'from the client' },
      server: [{ method: 'POST', body: 'from the client' }],
    });
    expect(config).toContain('envoy.filters.http.ext_authz');
    expect(JSON.stringify(evidence).includes(place.dir)).toBe(false);
  });
});

it('the same filter works in every language, inside Envoy', async () => {
  const { facts, evidence } = await probe(
    'languages',
    'wasm/c',
    'wasm/rust',
    'wasm/assemblyscript',
    'language/dynamic-module',
  );
  const ids = [
    'wasm/rust',
    'wasm/c',
    'wasm/cpp',
    'wasm/assemblyscript',
    'dynamic-module/rust',
    'dynamic-module/c',
    'dynamic-module/go',
  ];
  for (const id of ids)
    expect(facts(`language/${id}`)?.facts, id).toMatchObject({
      works: true,
      casesFailed: 0,
      casesPassed: 34,
    });
  expect(evidence.filter(({ kind }) => kind === 'proof')).toHaveLength(34 * ids.length);
});

describe('filters that are swapped while requests come in', () => {
  let facts: FactsOf;
  let evidence: Evidence[];
  beforeAll(async () => {
    const words = ['swap/lua', 'swap/wasm-code', 'swap/dynamic-module-rust', 'swap/ext-proc', 'restart'];
    ({ facts, evidence } = await probe('swaps', ...words));
  });

  it.each([
    ['swap/lua/in', 'one'],
    ['swap/lua/script', 'two'],
    ['swap/lua/out', 'none'],
    ['swap/wasm-code/other-file', 'two'],
    ['swap/wasm-code/same-path', 'one'],
    ['swap/ext-proc/in', 'one'],
    ['swap/ext-proc/server', 'two'],
    ['swap/ext-proc/out', 'none'],
    ['swap/hot-restart', 'two'],
  ])('%s: the new version comes, and no request is lost', (id, served) => {
    expect(facts(id)?.facts).toMatchObject({ works: true, lost: 0, wrong: 0, servedAtTheEnd: served });
    expect(facts(id)?.facts.old).toBeGreaterThan(0);
  });

  it('a new connection never gets the old version once the new one has answered', () => {
    const swaps = evidence.filter((item): item is EvidenceOf<'swap'> => item.kind === 'swap');
    expect(swaps.length).toBeGreaterThan(10);
    for (const { probe: id, account, way } of swaps)
      if (way === 'listener' || way === 'same-path') expect(account.oldAfterNew.fresh, id).toBe(0);
  });

  it('code of a module comes from another file, but from the same one only once nothing uses it any more', () => {
    const of = (step: string) => facts(`swap/dynamic-module-rust/${step}`)?.facts;
    expect(of('other-file')).toMatchObject({ took: true, wrong: 0, servedAtTheEnd: 'two' });
    expect(of('same-path')).toMatchObject({
      took: false,
      wrong: 0,
      servedAtTheEnd: 'two',
      mapped: 'libtwo.so (deleted)',
    });
    expect(of('out')).toMatchObject({ took: true, servedAtTheEnd: 'none', mapped: '' });
    expect(of('in-again')).toMatchObject({ took: true, servedAtTheEnd: 'one', mapped: 'libtwo.so' });
  });

  it('ending the process first loses requests, and the account shows them', () => {
    const cold = facts('swap/cold-restart')?.facts;
    expect(cold).toMatchObject({ works: false, took: true, servedAtTheEnd: 'two' });
    expect(cold?.lost).toBeGreaterThan(0);
  });
});

it('what names no probe is bad input, with those that there are', async () => {
  const { code, stderr } = await place.run(['probes', 'perl', '--envoy', envoy]);
  expect(code).toBe(ExitCode.badInput);
  expect(stderr).toMatch(/no probe is called "perl"[\s\S]*next: there are ext-authz\/response-headers/);
});

it('Ctrl-C ends it in order, load and all', async () => {
  const run = place.start(['probes', 'swap/lua', '--envoy', envoy]);
  // Envoy and two upstreams, beside the command itself.
  await expect.poll(() => place.processes().length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(3);
  run.killGroup('SIGINT');
  expect(await run.ended).toEqual({ code: ExitCode.interrupted, signal: null });
  expect(place.processes()).toEqual([]);
  expect(place.scratchFolders()).toEqual([]);
});
