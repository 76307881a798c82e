import { describe, expect, it } from 'vitest';
import { progressLine } from '../../../src/cli/run/progress-line.js';
import { FailedError, InterruptedError } from '../../../src/errors.js';
import type { SliceSpec } from '../../../src/schedule/executor.js';
import type { Progress } from '../../../src/schedule/progress.js';
import { runSchedule } from '../../../src/schedule/run-schedule.js';
import { fakeExecutor } from '../../schedule/fake-executor.js';
import { fakePlan } from '../../schedule/fixture-plan.js';
import { fakeTerminal } from './fake-terminal.js';
import { torn, watchedSchedule } from './watched-schedule.js';

const driven = (isTTY: boolean, onSlice?: (spec: SliceSpec) => void) =>
  watchedSchedule((write) => ({ progress: progressLine({ write, isTTY, columns: 80 }, {}) }), onSlice);

const progress: Progress = {
  scenario: 'headers',
  restart: 0,
  restarts: 12,
  stage: 'round',
  round: 1,
  rounds: 27,
  widths: { medianUs: 0.4, widestUs: 0.9, widestArm: 'headers/lua@1.40.0', arms: 8, shortfalls: null },
  invalid: 0,
  failed: [],
  done: 0.1,
  secondsLeft: 60,
};
const failed = [{ arm: 'headers/lua@1.40.0', status: 'invalid', reason: 'start: it ended' }] as const;
const first = ' 10 %  headers, restart 1 of 12, round 1 of 27, 1:00 left';
const second = '       overheads ±0.40 µs median, ±0.90 widest (lua)';

describe('on a terminal', () => {
  it('lines are rewritten, and leave nothing behind', () => {
    const terminal = fakeTerminal(80);
    const line = progressLine(terminal, {});
    line.say('Envoy 1.40.0');
    line.update(progress);
    expect(terminal.lines()).toEqual(['Envoy 1.40.0', first, second]);
    line.update({ ...progress, widths: null, round: 2 });
    expect(terminal.lines()).toEqual(['Envoy 1.40.0', first.replace('round 1', 'round 2')]);
    line.say('a note');
    line.update({ ...progress, failed, invalid: 1 });
    expect(terminal.lines()).toEqual([
      ...['Envoy 1.40.0', 'a note', 'headers/lua@1.40.0 is invalid: start: it ended'],
      ...[first, `${second}, 1 arm invalid`],
    ]);
    line.end();
    line.say('over');
    expect(terminal.lines().slice(2)).toEqual(['headers/lua@1.40.0 is invalid: start: it ended', 'over']);
  });

  it.each([80, 60, 33, 12])('of %i columns nothing wraps, and what is shown follows its width', (columns) => {
    const terminal = fakeTerminal(80);
    const line = progressLine(terminal, {});
    line.update(progress);
    terminal.columns = columns;
    for (const round of [2, 3, 4]) line.update({ ...progress, round });
    expect(terminal.lines()).toHaveLength(2);
    for (const shown of terminal.lines()) expect(shown.length).toBeLessThan(columns);
    line.say('a note');
    expect(terminal.lines()).toHaveLength(3);
    line.end();
    expect(terminal.lines()).toEqual(['a note']);
  });

  it('an end of ours that nobody waited for clears the lines, too', () => {
    const terminal = fakeTerminal(80);
    const before = process.listeners('exit');
    const line = progressLine(terminal, {});
    line.update(progress);
    line.update(progress);
    const added = process.listeners('exit').filter((listener) => !before.includes(listener));
    expect(added).toHaveLength(1);
    added[0]!.call(process, 130);
    expect(terminal.lines()).toEqual([]);
    line.end();
    expect(process.listeners('exit')).toEqual(before);
  });

  it('is coloured, but for NO_COLOR', () => {
    const written = (env: Record<string, string>) => {
      const terminal = fakeTerminal(80);
      progressLine(terminal, env).update({ ...progress, failed });
      return terminal.written();
    };
    expect(written({})).toContain('\u001b[33m');
    expect(written({ NO_COLOR: '1' })).not.toContain('\u001b[33m');
    expect(written({ NO_COLOR: '1' })).not.toContain('\u001b[2m');
  });
});

describe('elsewhere', () => {
  it.each([
    ['a pipe', { isTTY: false }, {}],
    ['a terminal that can do nothing', { isTTY: true }, { TERM: 'dumb' }],
  ])('%s gets a plain line a restart, and one for each arm that fails', (_, about, env) => {
    const terminal = fakeTerminal(80);
    const line = progressLine({ write: terminal.write, ...about }, env);
    line.say('Envoy 1.40.0');
    for (const round of [1, 2, 3]) line.update({ ...progress, round });
    line.update({ ...progress, round: 4, failed, invalid: 1 });
    line.update({ ...progress, restart: 1, invalid: 1 });
    line.end();
    expect(terminal.written().split('\n')).toEqual([
      'Envoy 1.40.0',
      ' 10 %  headers, restart 1 of 12, 1:00 left; overheads ±0.40 µs median, ±0.90 widest (lua)',
      'headers/lua@1.40.0 is invalid: start: it ended',
      ' 10 %  headers, restart 2 of 12, 1:00 left; overheads ±0.40 µs median, ±0.90 widest (lua), 1 arm invalid',
      '',
    ]);
  });
});

describe('in a whole schedule', () => {
  const lua = 'headers/lua@1.40.0';
  const dies = ({ arm, restart, round, load }: SliceSpec) => {
    if (arm === lua && restart === 1 && round === 1 && load.loop === 'closed')
      throw new FailedError('a slice could not be measured', 'see its log');
  };

  it.each([true, false])(
    'nothing is written within a slice, nor between those of a round (terminal: %s)',
    async (isTTY) => {
      const { outcome, happened, writtenWithin, texts } = await driven(isTTY, dies);
      expect(outcome).toBe('planned');
      expect(writtenWithin).toEqual([]);
      expect(torn(happened)).toEqual([]);
      // An arm that fails within a round is told at its end.
      expect(texts.filter((text) => text.includes(`${lua} is invalid: under load`))).toHaveLength(1);
      expect(texts.at(-2)).toContain('1 arm invalid');
    },
  );

  it('every round of every restart is told, and widths from the third restart on', async () => {
    const { texts } = await driven(true);
    const rounds = fakePlan().steps.reduce((sum, step) => sum + step.rounds, 0);
    for (const text of [
      `restart 1 of 12, round 1 of ${rounds}`,
      `restart 12 of 12, round ${rounds} of ${rounds}`,
    ])
      expect(texts.filter((one) => one.includes(text))).toHaveLength(1);
    const isOf = (restart: number) =>
      texts.filter((text) => text.includes(`restart ${restart} of 12, round`));
    for (const text of isOf(3)) expect(text).not.toContain('median');
    for (const text of isOf(4)) expect(text).toMatch(/±\d\.\d+ µs median, ±\d\.\d+ widest \(/);
    const medianOf = (restart: number) => Number(/±([\d.]+) µs median/.exec(isOf(restart)[0] ?? '')?.[1]);
    expect(medianOf(12)).toBeLessThan(medianOf(4));
  });

  it('one that is interrupted leaves no line', async () => {
    const terminal = fakeTerminal(80);
    const line = progressLine(terminal, {});
    const controller = new AbortController();
    const onSlice = ({ restart }: SliceSpec) => {
      if (restart === 1) controller.abort(new InterruptedError());
    };
    const truth = () => ({ envoyUs: 30 });
    const sink = { sample: () => undefined, evidence: () => undefined };
    const { signal } = controller;
    await expect(
      runSchedule(fakePlan(), fakeExecutor({ truth, seed: 1, onSlice }), sink, {
        signal,
        onProgress: line.update,
      }),
    ).rejects.toThrow(InterruptedError);
    expect(terminal.lines()).not.toEqual([]);
    line.end();
    expect(terminal.lines()).toEqual([]);
  });
});
