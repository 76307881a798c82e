import { describe, expect, it } from 'vitest';
import { type Comparison, compareClients, gateProblems } from '../../../src/load/calibration/compare.js';
import { parseWrk } from '../../../src/load/calibration/wrk.js';

const client = (rps: number, p50Us: number) => ({ rps, p50Us });

describe('a comparison with wrk', () => {
  it('is the median over pairs, not the ratio of medians: the machine drifts between pairs', () => {
    const pairs = [
      { ours: client(900, 110), wrk: client(1_000, 100) },
      { ours: client(1_900, 58), wrk: client(2_000, 50) },
      { ours: client(4_500, 31), wrk: client(3_000, 25) },
    ];
    expect(compareClients(8, pairs)).toEqual({
      connections: 8,
      pairs: 3,
      ours: client(1_900, 58),
      wrk: client(2_000, 50),
      throughputRatio: 0.95,
      p50DifferenceUs: 8,
    });
  });

  it('of nothing is an error', () => {
    expect(() => compareClients(8, [])).toThrow();
  });
});

describe('the gate', () => {
  const at = (
    connections: number,
    throughputRatio: number,
    p50DifferenceUs: number,
    p50Us = 100,
  ): Comparison => ({
    ...{ connections, pairs: 3, ours: client(1, 1), wrk: client(1, p50Us), throughputRatio, p50DifferenceUs },
  });

  it.each([
    ['all as wrk', at(8, 1, 0)],
    ['just within', at(8, 0.85, 30)],
    ['15 % of a longer p50', at(8, 1, -60, 400)],
    ['throughput at 1 connection is latency', at(1, 0.7, 0)],
    ['p50 at 16 connections is throughput', at(16, 0.9, 80)],
  ])('holds: %s', (_name, comparison) => {
    expect(gateProblems([comparison])).toEqual([]);
  });

  it.each([
    ['slower', at(8, 0.84, 0), "throughput is 0.84 of wrk's at 8 connections, not 0.85"],
    ['later', at(1, 1, 31), "p50 is 31 µs from wrk's at 1 connection, more than 30 µs"],
    [
      'earlier, which is as wrong',
      at(8, 1, -61, 400),
      "p50 is -61 µs from wrk's at 8 connections, more than 60 µs",
    ],
    ['unknown', at(16, Number.NaN, 0), "throughput is NaN of wrk's at 16 connections, not 0.85"],
  ])('does not hold: %s', (_name, comparison, problem) => {
    expect(gateProblems([at(8, 1, 0), comparison])).toEqual([problem]);
  });
});

describe("wrk's output", () => {
  const text = [
    'Running 1s test @ http://127.0.0.1:29900/',
    '  1 threads and 8 connections',
    '  Thread Stats   Avg      Stdev     Max   +/- Stdev',
    '    Latency   131.32us   54.73us   2.18ms   93.47%',
    '    Req/Sec    58.03k     3.22k   61.14k    81.82%',
    '  Latency Distribution',
    '     50%  124.00us',
    '     99%    1.35ms',
    '  63468 requests in 1.10s, 7.75MB read',
    'Requests/sec:  57733.29',
    'Transfer/sec:      7.05MB',
  ];

  it('is read in µs', () => {
    expect(parseWrk(text.join('\n'))).toEqual({ requests: 63_468, rps: 57_733.29, p50Us: 124 });
    const slow = text.with(6, '     50%   20.91ms').join('\n');
    expect(parseWrk(slow)?.p50Us).toBeCloseTo(20_910, 6);
  });

  it.each([
    ['errors', '  Socket errors: connect 0, read 3, write 0, timeout 0'],
    ['wrong answers', '  Non-2xx or 3xx responses: 63468'],
  ])('with %s is no result', (_name, line) => {
    expect(parseWrk(text.toSpliced(9, 0, line).join('\n'))).toBeNull();
  });

  it('that is cut off is no result', () => {
    expect(parseWrk(text.slice(0, 9).join('\n'))).toBeNull();
  });
});
