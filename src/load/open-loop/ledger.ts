import type { Histogram } from 'hdr-histogram-js';
import { newHistogram, recordMs } from '../histogram.js';
import type { SendLag } from '../slice.js';

/** The window in ms from the slice's start. */
export interface Window {
  readonly openMs: number;
  readonly closeMs: number;
}

/** What became of the arrivals of a window. */
export interface Account {
  readonly offered: number;
  readonly answeredInTime: number;
  readonly unanswered: number;
  readonly backlog: { readonly open: number; readonly close: number };
  readonly sendLagUs: SendLag;
  readonly histogram: Histogram;
}

/**
 * Keeps account of every arrival from its intended start, so that a stall of the target counts for all that came due in
 * it and not only for the requests on their way (coordinated omission, Tene). Times in ms from the slice's start.
 */
export function openLedger(intended: Float64Array, { openMs, closeMs }: Window) {
  const histogram = newHistogram();
  const settled = new Uint8Array(intended.length);
  let answeredInTime = 0;
  let offered = 0;
  let lagSum = 0;
  let lagMax = 0;
  let lagCount = 0;
  const backlog = { open: 0, close: 0 };
  const starts = intended.map((start) => start);
  const isOffered = (index: number) => {
    const start = starts[index] ?? 0;
    return start >= openMs && start < closeMs;
  };
  const waited = (index: number, atMs: number) => atMs - (starts[index] ?? 0);

  /** Files an arrival once, with how long it had waited; it is in the backlog of an edge that it waited through. */
  function settle(index: number, atMs: number): void {
    settled[index] = 1;
    const start = starts[index] ?? 0;
    if (start < openMs && atMs >= openMs) backlog.open += 1;
    if (start < closeMs && atMs >= closeMs) backlog.close += 1;
    if (!isOffered(index)) return;
    offered += 1;
    recordMs(histogram, waited(index, atMs));
  }

  return {
    /** An arrival that found an idle connection was written. */
    sentAtOnce(index: number, atMs: number): void {
      if (!isOffered(index)) return;
      const lag = waited(index, atMs);
      lagSum += lag;
      lagCount += 1;
      lagMax = Math.max(lagMax, lag);
    },
    answered(index: number, atMs: number, right: boolean): void {
      settle(index, atMs);
      if (right && isOffered(index)) answeredInTime += 1;
    },
    /** What has no answer yet never gets one: the time waited so far is the least that it took. */
    close(atMs: number): Account {
      let unanswered = 0;
      for (let index = 0; index < starts.length; index += 1) {
        if (settled[index]) continue;
        if (isOffered(index)) unanswered += 1;
        settle(index, Math.max(atMs, closeMs));
      }
      const mean = lagCount === 0 ? 0 : lagSum / lagCount;
      return {
        offered,
        answeredInTime,
        unanswered,
        backlog,
        sendLagUs: { mean: mean * 1e3, max: lagMax * 1e3, count: lagCount },
        histogram,
      };
    },
  };
}

export type Ledger = ReturnType<typeof openLedger>;
