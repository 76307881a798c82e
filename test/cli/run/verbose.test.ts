import { expect, it } from 'vitest';
import { progressLine } from '../../../src/cli/run/progress-line.js';
import { closeLog, loggedProgress } from '../../../src/cli/run/verbose.js';
import { loggedSink, openRunLog } from '../../../src/run-log/index.js';
import { fakePlan } from '../../schedule/fixture-plan.js';
import { torn, watchedSchedule } from './watched-schedule.js';

const silent = { isTTY: false, write: () => true };

it('the log of a whole schedule is written between rounds alone, and has every slice and proof', async () => {
  const { happened, writtenWithin, texts, outcome } = await watchedSchedule((write) => {
    const log = openRunLog({ warn: expect.unreachable, append: (_, text) => write(text) });
    log.writeTo('filterbench.log');
    const progress = loggedProgress(progressLine(silent), log);
    return {
      progress: { ...progress, end: () => closeLog(log, { ...progress, say: () => undefined }) },
      sink: (own) => loggedSink(own, log),
    };
  });
  expect(outcome).toBe('planned');
  expect(writtenWithin).toEqual([]);
  expect(torn(happened)).toEqual([]);
  const lines = texts.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line));
  const slices = lines.filter(({ event }) => event === 'slice');
  expect(slices).toHaveLength(happened.filter((one) => 'round' in one).length);
  expect(slices[0]).toMatchObject({ restart: 0, purpose: 'warm-up', envoyCpuUs: expect.any(Number), bad: 0 });
  expect(slices[0]).not.toHaveProperty('histogram');
  const { arms } = fakePlan().scenarios[0]!;
  const proofs = lines.filter(({ kind }) => kind === 'proof');
  expect(proofs).toHaveLength(12 * 2 * arms.length);
  expect(lines.filter(({ event }) => event === 'progress').length).toBeGreaterThan(12 * 5);
});

it('a log that cannot be written is told of once, and the schedule goes on to its end', async () => {
  const said: string[] = [];
  const { outcome } = await watchedSchedule((write) => {
    const log = openRunLog({
      warn: (message) => said.push(message),
      append: () => {
        throw new Error('ENOSPC: no space left on device');
      },
    });
    log.writeTo('filterbench.log');
    return {
      progress: loggedProgress(progressLine({ isTTY: false, write }), log),
      sink: (own) => loggedSink(own, log),
    };
  });
  expect(outcome).toBe('planned');
  expect(said).toEqual([expect.stringContaining('ENOSPC')]);
});
