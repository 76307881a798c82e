import { describe, expect, it } from 'vitest';
import { type CounterRule, checkCounters, everyArm } from '../../src/mechanisms/index.js';

type Reading = Readonly<Record<string, number>>;

/** What rules say of two readings around 1,000 answered requests and 16 that were cut off. */
function check(rules: readonly CounterRule[], before: Reading, after: Reading, version = '1.40.0'): string[] {
  const load = { served: 1_000, aborted: 16 };
  return checkCounters(rules, new Map(Object.entries(before)), new Map(Object.entries(after)), load, version);
}

describe('a counter that grows with the requests', () => {
  const rule: CounterRule = { grows: ['lua.executions'], perRequest: 1 };

  it.each([1_000, 1_007, 1_016])(
    'may have seen all, some or none of those that were cut off: %d',
    (grown) => {
      expect(check([rule], { 'lua.executions': 40 }, { 'lua.executions': 40 + grown })).toEqual([]);
    },
  );

  it.each([999, 1_017, 0, 2_000])('must not have seen fewer or more: %d', (grown) => {
    expect(check([rule], { 'lua.executions': 40 }, { 'lua.executions': 40 + grown })).toEqual([
      `lua.executions grew by ${grown}, expected 1000 to 1016 for 1000 requests`,
    ]);
  });

  it('counts from zero where it was not there before, and is zero where it is not there at all', () => {
    expect(check([rule], {}, { 'lua.executions': 1_000 })).toEqual([]);
    expect(check([rule], {}, {})).toEqual([
      'lua.executions grew by 0, expected 1000 to 1016 for 1000 requests',
    ]);
  });

  it('grows by what a request costs: twice for two phases', () => {
    const twice = { ...rule, perRequest: 2 };
    expect(check([twice], {}, { 'lua.executions': 2_000 })).toEqual([]);
    expect(check([twice], {}, { 'lua.executions': 2_032 })).toEqual([]);
    expect(check([twice], {}, { 'lua.executions': 1_999 })).toHaveLength(1);
    expect(check([twice], {}, { 'lua.executions': 2_033 })).toHaveLength(1);
  });

  it('may be spread over several counters', () => {
    const either = { grows: ['ok', 'denied'], perRequest: 1 };
    expect(check([either], { ok: 5 }, { ok: 905, denied: 100 })).toEqual([]);
    expect(check([either], { ok: 5 }, { ok: 905, denied: 90 })).toEqual([
      'ok + denied grew by 990, expected 1000 to 1016 for 1000 requests',
    ]);
  });

  it('is not asked of an Envoy that is older than the counter', () => {
    const since = { ...rule, since: '1.37.0' };
    expect(check([since], {}, {}, '1.36.4')).toEqual([]);
    expect(check([since], {}, {}, '1.37.0')).toHaveLength(1);
    expect(check([since], {}, {}, '1.40.0')).toHaveLength(1);
    expect(check([since], {}, { 'lua.executions': 1_000 }, '1.37.0')).toEqual([]);
  });
});

describe('a counter that stays zero', () => {
  const rule: CounterRule = { staysZero: ['errors', 'timeouts'] };

  it('passes where it is zero or not there', () => {
    expect(check([rule], {}, {})).toEqual([]);
    expect(check([rule], {}, { errors: 0 })).toEqual([]);
  });

  it('names each that is not, however little', () => {
    expect(check([rule], {}, { errors: 1 })).toEqual(['errors is 1, expected 0']);
    expect(check([rule], {}, { errors: 2, timeouts: 3 })).toHaveLength(2);
  });

  it('does not forgive what went wrong before load', () => {
    expect(check([rule], { errors: 1 }, { errors: 1 })).toEqual(['errors is 1, expected 0']);
  });
});

it('several rules give a line each, in order', () => {
  const rules: CounterRule[] = [{ grows: ['calls'], perRequest: 1 }, { staysZero: ['errors'] }];
  expect(check(rules, {}, { errors: 4 })).toEqual([
    'calls grew by 0, expected 1000 to 1016 for 1000 requests',
    'errors is 4, expected 0',
  ]);
  expect(check([], {}, {})).toEqual([]);
});

it('every Envoy must have seen the requests that the generator says it sent', () => {
  expect(check(everyArm, {}, { 'http.bench.downstream_rq_total': 1_016 })).toEqual([]);
  expect(check(everyArm, {}, { 'http.bench.downstream_rq_total': 980 })).toHaveLength(1);
});
