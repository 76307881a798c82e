import { expect, it } from 'vitest';
import { keyOf, startOf } from '../../src/compat/key.js';
import { selectSubjects } from '../../src/compat/subjects.js';
import { readBase } from '../../src/envoy/config.js';

const base = await readBase();
const { baseline, tried } = await selectSubjects([]);
const envoy = { label: '1.40.0', version: '1.40.0', path: '/somewhere/envoy', sha256: 'e'.repeat(64) };
const artefacts = [{ path: 'a', sha256: 'a'.repeat(64), shipped: true }];
const lua = tried.find(({ id }) => id === 'lua')!;

const key = (changes: {
  base?: typeof base;
  envoy?: Partial<typeof envoy>;
  subject?: Partial<typeof lua>;
  artefacts?: typeof artefacts;
}) =>
  keyOf(
    changes.base ?? base,
    { ...envoy, ...changes.envoy },
    { ...lua, ...changes.subject },
    changes.artefacts ?? artefacts,
  );

it('is the same for the same bytes, wherever they are and whatever they are called', async () => {
  expect(await key({ envoy: { path: '/elsewhere', label: 'mine' } })).toBe(await key({}));
});

it.each([
  ['the Envoy', { envoy: { sha256: 'f'.repeat(64) } }],
  ['an artefact', { artefacts: [{ ...artefacts[0]!, sha256: 'b'.repeat(64) }] }],
  ['the configuration around it', { base: { ...base, stats_flush_interval: '1s' } }],
  ['the filter', { subject: { variant: { ...lua.variant!, variables: () => ({ script: 'other' }) } } }],
  ['its environment', { subject: { variant: { ...lua.variant!, env: () => ({ ANY: '1' }) } } }],
  ['a scenario that is tried', { subject: { scenarios: lua.scenarios.slice(1) } }],
  ['a case', { subject: { scenarios: lua.scenarios.map((one) => ({ ...one, cases: one.cases.slice(1) })) } }],
])('another one where %s is another', async (_what, changes) => {
  expect(await key(changes)).not.toBe(await key({}));
});

it('is another one for each subject', async () => {
  const keys = await Promise.all(tried.map((subject) => keyOf(base, envoy, subject, artefacts)));
  expect(new Set(keys).size).toBe(tried.length);
});

it('what is started is shown without what differs from start to start', async () => {
  for (const subject of [baseline, ...tried]) {
    for (const scenario of subject.scenarios) {
      const [first, second] = [1, 2].map(() => startOf(base, envoy, subject, scenario));
      const { config } = await first!;
      expect(config, subject.id).toBe((await second!).config);
      expect(config, subject.id).not.toMatch(/filterbench-\d|prebuilt\//);
    }
  }
});
