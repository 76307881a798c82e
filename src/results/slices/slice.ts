import type { Arrivals, Load, Sample } from '../schema/index.js';

/** What analysis needs of a sample. */
export interface Slice
  extends Pick<
    Sample,
    | 'round'
    | 'block'
    | 'load'
    | 'windowNs'
    | 'requests'
    | 'envoyNs'
    | 'serverNs'
    | 'envoyWaitNs'
    | 'envoySwitches'
    | 'othersNs'
    | 'stealNs'
    | 'generatorBusy'
    | 'workerBusy'
    | 'eventLoopDelayUs'
    | 'arrivals'
  > {
  /** Null where the closed loop is saturated, and of a warm-up: no latency is told of those. */
  readonly histogram: string | null;
}

/** Numbers of a slice in a closed loop. */
export const closedWidth = 13;
/** With what became of its arrivals in an open one. */
export const openWidth = closedWidth + 8;

/** A sample as numbers in a row; NaN is null. Arrivals are left away where they do not fit. */
export function writeRow(sample: Sample, numbers: Float64Array, at: number): void {
  numbers[at] = sample.round;
  numbers[at + 1] = sample.block;
  numbers[at + 2] = sample.windowNs;
  numbers[at + 3] = sample.requests;
  numbers[at + 4] = sample.envoyNs;
  numbers[at + 5] = sample.serverNs ?? Number.NaN;
  numbers[at + 6] = sample.envoyWaitNs ?? Number.NaN;
  numbers[at + 7] = sample.envoySwitches ?? Number.NaN;
  numbers[at + 8] = sample.othersNs;
  numbers[at + 9] = sample.stealNs;
  numbers[at + 10] = sample.generatorBusy;
  numbers[at + 11] = sample.workerBusy;
  numbers[at + 12] = sample.eventLoopDelayUs;
  if (sample.load.loop === 'open') writeArrivals(sample.arrivals, numbers, at + closedWidth);
}

/** The slice that a row was written of. */
export function readRow(load: Load, numbers: Float64Array, at: number, histogram: string | null): Slice {
  const number = (column: number) => numbers[at + column] ?? Number.NaN;
  return {
    round: number(0),
    block: number(1),
    load,
    windowNs: number(2),
    requests: number(3),
    envoyNs: number(4),
    serverNs: orNull(number(5)),
    envoyWaitNs: orNull(number(6)),
    envoySwitches: orNull(number(7)),
    othersNs: number(8),
    stealNs: number(9),
    generatorBusy: number(10),
    workerBusy: number(11),
    eventLoopDelayUs: number(12),
    arrivals: load.loop === 'open' ? readArrivals(numbers, at + closedWidth) : null,
    histogram,
  };
}

/** The window alone of such a row. */
export function windowNsAt(numbers: Float64Array, at: number): number {
  return numbers[at + 2] ?? Number.NaN;
}

function writeArrivals(arrivals: Arrivals | null, numbers: Float64Array, at: number): void {
  numbers[at] = arrivals?.offered ?? Number.NaN;
  numbers[at + 1] = arrivals?.answered ?? Number.NaN;
  numbers[at + 2] = arrivals?.unanswered ?? Number.NaN;
  numbers[at + 3] = arrivals?.backlogAtOpen ?? Number.NaN;
  numbers[at + 4] = arrivals?.backlogAtClose ?? Number.NaN;
  numbers[at + 5] = arrivals?.meanSendLagUs ?? Number.NaN;
  numbers[at + 6] = arrivals?.maxSendLagUs ?? Number.NaN;
  numbers[at + 7] = arrivals?.sendLagCount ?? Number.NaN;
}

function readArrivals(numbers: Float64Array, at: number): Arrivals | null {
  const number = (column: number) => numbers[at + column] ?? Number.NaN;
  if (Number.isNaN(number(0))) return null;
  return {
    offered: number(0),
    answered: number(1),
    unanswered: number(2),
    backlogAtOpen: number(3),
    backlogAtClose: number(4),
    meanSendLagUs: number(5),
    maxSendLagUs: number(6),
    sendLagCount: number(7),
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
