import { beforeAll, describe, expect, it } from 'vitest';
import { judgeClaims } from '../../src/claims/judge.js';
import { type Claims, loadClaims } from '../../src/claims/load.js';
import { observationsOfMatrix } from '../../src/claims/observations.js';
import type { Compat, Verdict } from '../../src/results/schema/index.js';
import { laxWorld, lockedWorld, loosenedWorld, madeMatrix } from './made-matrix.js';

let claims: Claims['claims'];

beforeAll(async () => {
  claims = (await loadClaims()).claims;
});

const judged = (...matrices: readonly Compat[]) =>
  judgeClaims(claims, { runs: [], matrices, observations: [] });
const compat = (verdicts: readonly Verdict[]) => verdicts.filter(({ claim }) => claim.startsWith('compat-'));
const wordsOf = (verdicts: readonly Verdict[]) =>
  Object.fromEntries(compat(verdicts).map(({ claim, word }) => [claim, word]));
const all = (word: Verdict['word']) => Object.fromEntries(compat(judged()).map(({ claim }) => [claim, word]));
const of = (verdicts: readonly Verdict[], id: string) => verdicts.find(({ claim }) => claim === id)!;

describe('a compatibility claim', () => {
  it('is supported by a matrix in which the article is right', () => {
    expect(wordsOf(judged(madeMatrix(lockedWorld)))).toEqual(all('supported'));
  });

  it('is refuted where the truth is turned around', () => {
    expect(wordsOf(judged(madeMatrix(laxWorld)))).toEqual(all('refuted'));
  });

  it('is inconclusive with one Envoy and one build', () => {
    const one = madeMatrix((subject, envoy) => lockedWorld(subject, envoy), ['1.40.0']);
    const isOther = ({ id }: { id: string }) => /^dynamic-module\/.*-(1\.36|1\.37|v0\.1)$/.test(id);
    const subjects = one.subjects.filter((subject) => !isOther(subject));
    const cells = one.cells.filter(({ subject }) => subjects.some(({ id }) => id === subject));
    const verdicts = judged({ ...one, subjects, cells });
    expect(wordsOf(verdicts)).toEqual(all('inconclusive'));
    for (const { next, reason } of compat(verdicts)) {
      expect(next).toMatch(/^filterbench compat /);
      expect(reason).toMatch(/needed/);
    }
  });

  it('is not tested without a matrix, and says which command makes one', () => {
    expect(wordsOf(judged())).toEqual(all('not tested'));
    for (const { next } of compat(judged())) expect(next).toMatch(/^filterbench compat /);
  });
});

describe('the lock of dynamic modules', () => {
  it('is outdated since the version from which on other builds work, whichever that is', () => {
    const verdict = of(judged(madeMatrix(loosenedWorld)), 'compat-dynmod-locked');
    expect(verdict).toMatchObject({ word: 'outdated', since: '1.38.2' });
    expect(verdict.reason).toMatch(
      /^held on 1\.36\.4 and 1\.37\.0, no longer since 1\.38\.2: 1\.38\.2 works with /,
    );
    const later: typeof loosenedWorld = (subject, envoy) =>
      envoy < '1.40' ? lockedWorld(subject, envoy) : loosenedWorld(subject, envoy);
    expect(of(judged(madeMatrix(later)), 'compat-dynmod-locked').since).toBe('1.40.0');
  });

  it('is refuted, not outdated, where no Envoy that held it was tried', () => {
    const newer = madeMatrix(loosenedWorld, ['1.39.3', '1.40.0']);
    expect(of(judged(newer), 'compat-dynmod-locked').word).toBe('refuted');
  });

  it('is told from several matrices as from one', () => {
    const parts = [['1.36.4', '1.37.0'], ['1.38.2', '1.39.3'], ['1.40.0']].map((some) =>
      madeMatrix(loosenedWorld, some),
    );
    expect(of(judged(...parts.toReversed()), 'compat-dynmod-locked')).toMatchObject({ since: '1.38.2' });
  });

  it('says nothing where no build works, or a build of Envoy lacks the extension', () => {
    const none = of(judged(madeMatrix(() => 'refused')), 'compat-dynmod-locked');
    expect(none.word).toBe('inconclusive');
    const lacking = of(judged(madeMatrix(() => 'absent')), 'compat-dynmod-locked');
    expect(lacking.word).toBe('not tested');
  });
});

describe('what Envoy says of other builds', () => {
  it('counts, whether it refuses them or warns', () => {
    const verdict = of(judged(madeMatrix(loosenedWorld)), 'compat-dynmod-experimental');
    expect(verdict.word).toBe('supported');
    expect(verdict.parts).toHaveLength(5);
    expect(verdict.reason).toContain('something to say');
  });
});

describe('an Envoy that was built without an extension', () => {
  it('says nothing of the stability of an ABI', () => {
    const verdict = of(
      judged(
        madeMatrix((subject, envoy) =>
          subject.startsWith('wasm/') && envoy === '1.38.2' ? 'absent' : 'loads',
        ),
      ),
      'compat-wasm-stable',
    );
    expect(verdict.word).toBe('supported');
    expect(verdict.reason).toContain('1.38.2 was built without it');
  });
});

describe('a matrix as observations', () => {
  it('has one for each variant on each Envoy, which works where one of its builds does', () => {
    const seen = observationsOfMatrix(madeMatrix(lockedWorld));
    const modules = seen.filter(({ id }) => id === 'compat/dynamic-module/rust');
    expect(modules.map(({ envoy, facts }) => [envoy, facts.works])).toEqual(
      ['1.36.4', '1.37.0', '1.38.2', '1.39.3', '1.40.0'].map((envoy) => [envoy, true]),
    );
    const wasm = observationsOfMatrix(madeMatrix(laxWorld)).filter(({ id }) => id === 'compat/wasm/go');
    expect(wasm.at(-1)?.facts).toEqual({ works: false, outcome: 'refused' });
  });
});
