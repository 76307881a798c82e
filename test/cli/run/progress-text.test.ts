import { describe, expect, it } from 'vitest';
import { failedText, liveLines, plainLine } from '../../../src/cli/run/progress-text.js';
import type { IntervalWidths } from '../../../src/results/analyse/index.js';
import type { Progress } from '../../../src/schedule/progress.js';

const widths: IntervalWidths = {
  medianUs: 0.41,
  widestUs: 0.884,
  widestArm: 'headers/ext-proc/rust-uds@1.40.0+twin',
  arms: 8,
  shortfalls: null,
};
const progress: Progress = {
  scenario: 'headers',
  restart: 4,
  restarts: 12,
  stage: 'round',
  round: 3,
  rounds: 27,
  widths,
  invalid: 0,
  failed: [],
  done: 0.428,
  secondsLeft: 133,
};
const short = (arm: string, halfWidthUs: number | null) => ({
  arm,
  halfWidthUs,
  targetUs: 0.5,
  restarts: 12,
  restartsNeeded: 20,
});
const aimed = (shortfalls: IntervalWidths['shortfalls']): Progress => ({
  ...progress,
  restarts: null,
  widths: { ...widths, shortfalls },
});

describe('progress in 80 columns', () => {
  it('says which scenario, restart and round runs, how narrow intervals are, and what time is left', () => {
    expect(liveLines(progress, 79)).toEqual([
      ' 42 %  headers, restart 5 of 12, round 3 of 27, 2:13 left',
      '       overheads ±0.41 µs median, ±0.88 widest (ext-proc/rust-uds+twin)',
    ]);
  });

  it('says on which Envoy, where a run has several', () => {
    const [line] = liveLines({ ...progress, setting: '1.40.0' }, 79);
    expect(line).toContain('headers on 1.40.0, restart 5 of 12');
  });

  it('says what is done between rounds', () => {
    const at = (stage: Progress['stage'], restart = 4) =>
      liveLines({ ...progress, stage, restart, round: 0, rounds: 0 }, 79)[0];
    expect(at('start', 0)).toBe(' 42 %  headers, restart 1 of 12, validating and starting, 2:13 left');
    expect(at('start')).toBe(' 42 %  headers, restart 5 of 12, starting, 2:13 left');
    expect(at('proof')).toBe(' 42 %  headers, restart 5 of 12, proving, 2:13 left');
    expect(at('end')).toBe(' 42 %  headers, restart 5 of 12, 2:13 left');
  });

  it('has one line where there is nothing to say of intervals, and counts invalid arms', () => {
    expect(liveLines({ ...progress, widths: null }, 79)).toHaveLength(1);
    expect(liveLines({ ...progress, widths: null, invalid: 1 }, 79)[1]).toBe('       1 arm invalid');
    expect(liveLines({ ...progress, invalid: 2 }, 79)[1]).toMatch(/, 2 arms invalid$/);
  });

  it('says how far it is from the precision that was asked for', () => {
    const far = aimed([short('headers/lua@1.40.0', 0.884), short('headers/cpp@1.40.0', 0.6)]);
    expect(liveLines(far, 79)[1]).toBe(
      '       ±0.41 µs median, ±0.88 widest, 2 of 8 too wide, lua 1.77 × ±0.50',
    );
    expect(liveLines(aimed([]), 79)[1]).toMatch(/, all narrow enough$/);
    expect(liveLines(aimed([short('headers/lua@1.40.0', null)]), 79)[1]).toMatch(/, 1 of 8 too wide, lua$/);
  });
});

describe('progress in less', () => {
  const long: Progress = {
    ...aimed([short('model-routing-1024k/dynamic-module/rust@1.40.0', 5)]),
    scenario: 'model-routing-1024k',
    setting: '1.40.0, docker',
    invalid: 11,
    widths: { ...widths, shortfalls: [short('model-routing-1024k/lua@1.40.0', 9)] },
  };

  it.each(Array.from({ length: 120 }, (_, index) => index + 1))('of %i columns is never wider', (width) => {
    for (const lines of [liveLines(progress, width), liveLines(long, width)]) {
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(width);
        expect(line).not.toContain('\n');
      }
    }
  });

  it('keeps what matters most', () => {
    expect(liveLines(progress, 59)).toEqual([
      ' 42 %  headers, restart 5 of 12, round 3 of 27, 2:13 left',
      '       overheads ±0.41 µs median, ±0.88 widest',
    ]);
    expect(liveLines(progress, 52)[0]).toBe(' 42 %  headers, restart 5/12, round 3/27, 2:13 left');
    expect(liveLines(progress, 40)[0]).toBe(' 42 %  headers, restart 5/12, 2:13 left');
    expect(liveLines(progress, 30)[0]).toBe(' 42 %  2:13 left, headers');
    expect(liveLines({ ...progress, invalid: 3 }, 36)[1]).toBe('       ±0.41 µs, 3 arms invalid');
  });
});

it('a plain line has all of it, but for the round', () => {
  expect(plainLine({ ...progress, stage: 'start', invalid: 1 })).toBe(
    ' 42 %  headers, restart 5 of 12, 2:13 left; overheads ±0.41 µs median, ±0.88 widest (ext-proc/rust-uds+twin), 1 arm invalid',
  );
  expect(plainLine({ ...progress, widths: null })).toBe(' 42 %  headers, restart 5 of 12, 2:13 left');
});

it('an arm that failed is named in one line, whatever it printed', () => {
  const failed = {
    arm: 'headers/lua@1.40.0',
    status: 'invalid',
    reason: 'start: it ended:\n\u001b[31mboom',
  } as const;
  expect(failedText(failed)).toBe('headers/lua@1.40.0 is invalid: start: it ended: boom');
});
