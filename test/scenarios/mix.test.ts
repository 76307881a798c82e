import { describe, expect, it } from 'vitest';
import { loadScenarios, type Scenario } from '../../src/scenarios/load.js';
import { drawMix } from '../../src/scenarios/mix.js';
import { seededRandom } from '../../src/schedule/random.js';

const [access, headers] = (await loadScenarios(['access', 'headers'])) as [Scenario, Scenario];
const draw = (scenario: Scenario, seed: number) => drawMix(scenario, seededRandom(seed, 'mix'));

describe('the mix of a restart', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(draw(access, 1)).toEqual(draw(access, 1));
    expect(draw(access, 2)).not.toEqual(draw(access, 1));
  });

  it('holds each entry as often as it repeats, with its own expectation', () => {
    const mix = draw(access, 1);
    const statuses = mix.map(({ expect: expected }) => expected.status);
    expect(mix).toHaveLength(20);
    expect(statuses.filter((status) => status === 200)).toHaveLength(18);
    const refused = mix.filter(({ expect: expected }) => expected.status === 401);
    expect(refused.map((request) => Object.keys(request.headers).length).toSorted()).toEqual([0, 1]);
  });

  it('draws its keys from the table, and only for those that are let in', () => {
    for (const { headers: sent, expect: expected } of draw(access, 1)) {
      const key = sent['x-api-key'] ?? '';
      expect(Object.hasOwn(access.tables.keys!, key)).toBe(expected.status === 200);
    }
  });

  it('draws keys from all over the table, anew for each restart', () => {
    const all = Object.keys(access.tables.keys!);
    const drawn = Array.from({ length: 200 }, (_, seed) => draw(access, seed))
      .flat()
      .filter(({ expect: expected }) => expected.status === 200)
      .map((request) => all.indexOf(request.headers['x-api-key']!));
    // 3,600 draws out of 1,000: 97 % of the keys on average.
    expect(new Set(drawn).size).toBeGreaterThan(900);
    expect(Math.min(...drawn)).toBe(0);
    expect(Math.max(...drawn)).toBe(999);
  });

  it('is shuffled: the refused ones are not always the last', () => {
    const places = Array.from({ length: 50 }, (_, seed) =>
      draw(access, seed).findIndex(({ expect: expected }) => expected.status === 401),
    );
    expect(new Set(places).size).toBeGreaterThan(5);
  });

  it('leaves fixed headers, method and path as they are', () => {
    expect(draw(headers, 1)).toEqual([
      {
        method: 'GET',
        path: '/',
        headers: {},
        expect: { status: 200, headers: { 'x-bench-response': 'filterbench' }, body: 'ok' },
      },
    ]);
  });

  it('leaves the scenario as it was', () => {
    const before = structuredClone(access);
    draw(access, 3);
    expect(access).toEqual(before);
  });
});
