import { describe, expect, it } from 'vitest';
import { progressLine } from '../../../src/cli/run/progress-line.js';
import { FailedError, InterruptedError } from '../../../src/errors.js';
import { interimOf } from '../../../src/results/analyse/index.js';
import type { Evidence, Sample } from '../../../src/results/schema/index.js';
import type { Executor, SliceSpec } from '../../../src/schedule/executor.js';
import type { Progress } from '../../../src/schedule/progress.js';
import { runSchedule } from '../../../src/schedule/run-schedule.js';
import { fakeExecutor } from '../../schedule/fake-executor.js';
import { fakePlan, planned } from '../../schedule/fixture-plan.js';
import { fakeTerminal } from './fake-terminal.js';

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
const second = '       ±0.40 µs median, ±0.90 widest (lua)';

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
      ' 10 %  headers, restart 1 of 12, 1:00 left; ±0.40 µs median, ±0.90 widest (lua)',
      'headers/lua@1.40.0 is invalid: start: it ended',
      ' 10 %  headers, restart 2 of 12, 1:00 left; ±0.40 µs median, ±0.90 widest (lua), 1 arm invalid',
      '',
    ]);
  });
});

/** What happened, in order: a slice, by the round that it is of, or something that was written. */
type Happened = { readonly round: string } | { readonly text: string };

async function driven(isTTY: boolean, onSlice: (spec: SliceSpec) => void = () => undefined) {
  const happened: Happened[] = [];
  let runs: SliceSpec | null = null;
  const writtenWithin: SliceSpec[] = [];
  const write = (text: string | Uint8Array) => {
    if (runs) writtenWithin.push(runs);
    happened.push({ text: String(text) });
    return true;
  };
  const line = progressLine({ write, isTTY, columns: 80 }, {});
  const truth = (name: string) => ({ envoyUs: name === 'baseline' ? 30 : 40 });
  const fake = fakeExecutor({ truth: ({ variant }) => truth(variant), seed: 7, restartSdUs: 0.8, onSlice });
  const executor: Executor = {
    async openRestart(layout) {
      const session = await fake.openRestart(layout);
      return {
        ...session,
        async run(spec) {
          runs = spec;
          happened.push({ round: JSON.stringify([spec.restart, spec.purpose, spec.load, spec.round]) });
          // So long that whatever waits for its turn has it within the slice.
          await new Promise((resolve) => setImmediate(resolve));
          try {
            return await session.run(spec);
          } finally {
            runs = null;
          }
        },
        [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
      };
    },
  };
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  const sink = {
    sample: (one: Sample) => samples.push(one),
    evidence: (one: Evidence) => evidence.push(one),
  };
  const plan = fakePlan();
  const signal = new AbortController().signal;
  const outcome = await runSchedule(plan, executor, sink, {
    signal,
    onProgress: line.update,
    widthsOf: ({ arms }) =>
      interimOf({ plan: plan.summary, scenarios: [] }, planned(), samples, evidence).widths(
        new Set(arms.map(({ id }) => id)),
      ),
  }).catch((error: unknown) => error);
  line.end();
  const texts = happened.flatMap((one) => ('text' in one ? [one.text] : []));
  return { outcome, happened, writtenWithin, texts };
}

/** Slices of one round that something was written between. */
function torn(happened: readonly Happened[]): string[] {
  let last = '';
  let isWritten = false;
  return happened.flatMap((one) => {
    if ('text' in one) {
      isWritten = true;
      return [];
    }
    const isTorn = isWritten && one.round === last;
    last = one.round;
    isWritten = false;
    return isTorn ? [one.round] : [];
  });
}

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
