import { beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/claims/data.js';
import { judgeClaims } from '../../src/claims/judge.js';
import { type Claims, loadClaims } from '../../src/claims/load.js';
import type { Verdict } from '../../src/results/schema/index.js';
import { articleWorld, turnedWorld, type World } from './worlds.js';

let claims: Claims['claims'];

beforeAll(async () => {
  claims = (await loadClaims()).claims;
});

const seenIn = (world: World, envoy = '1.40.0'): Observation[] =>
  Object.entries(world).map(([id, facts], line) => ({
    id,
    facts,
    envoy,
    evidence: `evidence.ndjson:${line + 1}`,
  }));
const judged = (...observations: readonly Observation[]) =>
  judgeClaims(claims, { runs: [], matrices: [], observations });
const isSeen = ({ claim }: Verdict) => claim.startsWith('iso-') || claim.startsWith('cap-');
const wordsOf = (verdicts: readonly Verdict[]) =>
  Object.fromEntries(verdicts.filter(isSeen).map(({ claim, word }) => [claim, word]));
const all = (word: Verdict['word']) =>
  Object.fromEntries(
    judged()
      .filter(isSeen)
      .map(({ claim }) => [claim, word]),
  );
const of = (verdicts: readonly Verdict[], id: string) => verdicts.find(({ claim }) => claim === id)!;

describe('a claim on isolation or capability', () => {
  it('is supported by observations of a world in which the article is right', () => {
    expect(wordsOf(judged(...seenIn(articleWorld)))).toEqual(all('supported'));
  });

  it('is refuted where the truth is turned around', () => {
    expect(wordsOf(judged(...seenIn(turnedWorld)))).toEqual(all('refuted'));
  });

  it('is inconclusive where it came out now so and now so', () => {
    // Nothing of Lua may be sure: one fault that always harms others would be enough.
    const verdicts = judged(...seenIn(articleWorld), ...seenIn(turnedWorld));
    expect(wordsOf(verdicts)).toEqual(all('inconclusive'));
    expect(of(verdicts, 'iso-cpp').reason).toContain('in 1 of 2 tries');
  });

  it('is not tested without observations, and says which command makes them', () => {
    expect(wordsOf(judged())).toEqual(all('not tested'));
    for (const { next } of judged().filter(isSeen))
      expect(next).toMatch(/^filterbench (faults|probes) .*--out RUN$/);
  });

  it('rests on the lines of evidence that it names', () => {
    const evidence = seenIn(articleWorld).map((one) => one.evidence);
    const parts = judged(...seenIn(articleWorld))
      .filter(isSeen)
      .flatMap((verdict) => verdict.parts);
    for (const part of parts) {
      expect(part.evidence.length).toBeGreaterThan(0);
      for (const line of part.evidence) expect(evidence).toContain(line);
    }
  });
});

it('a reason says what was seen in words, and what was foretold', () => {
  expect(of(judged(...seenIn(articleWorld)), 'iso-cpp').reason).toMatch(
    /: with cpp:\S+ on 1\.40\.0 Envoy dies$/,
  );
  expect(of(judged(...seenIn(turnedWorld)), 'iso-cpp').reason).toMatch(
    /: with cpp:\S+ on 1\.40\.0 Envoy lives; foretold was: Envoy dies$/,
  );
});

describe('a part that was not seen', () => {
  it('keeps a claim from being supported, and one that needs one alone from being refuted', () => {
    const without = (world: World, id: string) => seenIn(world).filter((one) => one.id !== id);
    const wasm = of(judged(...without(articleWorld, 'probe/wasm-runtime/wazero')), 'cap-wasm-runtimes');
    expect(wasm.word).toBe('inconclusive');
    expect(wasm.reason).toContain('nobody has seen yet whether this holds: wasm-runtime/wazero: it works');
    const lua = of(judged(...without(turnedWorld, 'fault/lua:loop')), 'iso-lua');
    expect(lua.word).toBe('inconclusive');
    // One that is against it is enough, as is one that is for it where one is all that it takes.
    expect(of(judged(...without(turnedWorld, 'probe/wasm-runtime/wazero')), 'cap-wasm-runtimes').word).toBe(
      'refuted',
    );
    expect(of(judged(...without(articleWorld, 'fault/lua:loop')), 'iso-lua').word).toBe('supported');
  });
});

describe('several Envoys', () => {
  it('make a claim outdated that held on the older ones only', () => {
    const verdict = of(
      judged(
        ...seenIn(turnedWorld, '1.40.0'),
        ...seenIn(articleWorld, '1.36.4'),
        ...seenIn(articleWorld, '1.37.0'),
      ),
      'cap-extauthz-request-only',
    );
    expect(verdict).toMatchObject({ word: 'outdated', since: '1.40.0' });
  });

  it('refute a claim that comes and goes', () => {
    const verdict = of(
      judged(
        ...seenIn(articleWorld, '1.36.4'),
        ...seenIn(turnedWorld, '1.37.0'),
        ...seenIn(articleWorld, '1.40.0'),
      ),
      'iso-cpp',
    );
    expect(verdict).toMatchObject({ word: 'refuted', since: null });
  });
});

describe('an opinion', () => {
  it('is not tested, whatever is given, and says why', () => {
    const opinions = judged(...seenIn(articleWorld)).filter(({ claim }) => claim.startsWith('opinion-'));
    expect(opinions.length).toBeGreaterThan(2);
    for (const { claim, word, reason, next } of opinions) {
      expect([word, next]).toEqual(['not tested', null]);
      expect(claims.find(({ id }) => id === claim)?.prediction).toMatchObject({
        kind: 'opinion',
        why: reason,
      });
    }
  });
});
