import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { encodeAndDestroy, newHistogram, recordMs } from './histogram.js';
import type { SliceCheck } from './response-check.js';
import type { ClosedLoopSlice, OpenLoopOutcome, SliceOutcome } from './slice.js';
import { spin } from './spin.js';
import { type Edge, readEdge, useBetween } from './window-use.js';

const noAnswerMs = 2_000;

const asleep = { idleMs: () => 0, ended: Promise.resolve() };

const notOpenLoop: Omit<OpenLoopOutcome, 'spinNs'> = {
  offered: null,
  answeredInTime: null,
  unanswered: null,
  backlog: null,
  sendLagUs: null,
};

/**
 * The inner window of a closed loop, whoever drives it: from `leadMs` after the first response until just before the end.
 * `answered` is told of every response; those that are right and come in the window are counted and timed.
 */
export function closedLoopWindow(slice: ClosedLoopSlice, check: SliceCheck) {
  const histogram = newHistogram();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const startNs = Math.round(performance.now() * 1e6);
  let open: Edge | null = null;
  let close: Edge | null = null;
  let served = 0;
  let counted = 0;
  let firstAnswer: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    firstAnswer = resolve;
  });
  let isOver = false;
  let servedBefore = 0;
  const hasServed = () => {
    const did = served !== servedBefore;
    servedBefore = served;
    return did;
  };
  return {
    answered(isRight: boolean, ms: number): void {
      served += 1;
      if (served === 1) firstAnswer();
      if (!isRight || open === null || close !== null) return;
      counted += 1;
      recordMs(histogram, ms);
    },
    /**
     * Waits for the first answer, and through the window.
     * @param stop ends the load, and gives how many requests it cut off
     * @throws Error (ENOENT) where a measured process is gone.
     */
    async run(stop: () => Promise<number>): Promise<SliceOutcome> {
      let aborted = 0;
      let spinMs = 0;
      // A generator that sleeps must be woken by an interrupt, which Envoy pays for at every answer: some µs, and more of them the
      // slower an arm is. One that never sleeps costs every arm the same.
      const { idleMs, ended } =
        slice.waiting === 'sleeping' ? asleep : spin(() => (isOver ? 'done' : 'idle'), hasServed);
      delay.enable();
      try {
        if (await settlesWithin(begun, noAnswerMs)) {
          await sleep(slice.leadMs);
          check.windowOpens();
          open = readEdge(slice.cpu);
          const spunMs = idleMs();
          await sleep(slice.windowMs);
          close = readEdge(slice.cpu);
          spinMs = idleMs() - spunMs;
          check.windowCloses();
        }
      } finally {
        // Even where Envoy died and its CPU can't be read: load that went on would spoil every later slice.
        aborted = await stop();
        isOver = true;
        await ended;
        delay.disable();
      }
      return {
        startNs,
        ...useBetween(open, close),
        ...notOpenLoop,
        spinNs: Math.round(spinMs * 1e6),
        generators: 1,
        requests: counted,
        bad: check.bad(),
        badExample: check.example(),
        served,
        aborted,
        eventLoopDelayUs: Math.round(delay.max / 1e3),
        histogram: encodeAndDestroy(histogram),
      };
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function settlesWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const settled = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return settled;
}
