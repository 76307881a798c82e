import { describe, expect, it } from 'vitest';
import { harmsNeighbours, radiusOf, recoveryOf } from '../../src/faults/radius.js';
import { evidenceSchema } from '../../src/results/schema/index.js';
import { faultEvidence, harmed } from '../support/fault-evidence.js';

const failed = { effect: 'failed' } as const;
const unfiltered = { effect: 'unfiltered' } as const;
const beside = { listener: 'neighbour' } as const;
const half = [
  { listener: 'filter' as const, tried: 16, right: 9, unfiltered: 0 },
  { listener: 'neighbour' as const, tried: 16, right: 16, unfiltered: 0 },
];

it('made-up evidence is evidence', () => {
  expect(evidenceSchema.parse(harmed(failed))).toEqual(harmed(failed));
});

describe('how far a fault reaches', () => {
  it('is nowhere where nobody notices', () => {
    expect(radiusOf(faultEvidence(), 'failed')).toBe('none');
    expect(radiusOf(faultEvidence(), 'unfiltered')).toBe('none');
  });

  it('is the request that caused it, where no other was harmed', () => {
    const requests = [{ headers: {}, worker: 0, atMs: 0, got: '500', tookMs: 1, ...failed }];
    expect(radiusOf(faultEvidence({ requests }), 'failed')).toBe('request');
    expect(radiusOf(faultEvidence({ requests }), 'unfiltered')).toBe('none');
  });

  it('is the request that passed unseen, where it is that which is asked for', () => {
    const requests = [{ headers: {}, worker: 0, atMs: 0, got: '200', tookMs: 1, ...unfiltered }];
    expect(radiusOf(faultEvidence({ requests }), 'unfiltered')).toBe('request');
    expect(radiusOf(faultEvidence({ requests }), 'failed')).toBe('none');
  });

  it.each([0, 1])('is a worker, where others on worker %i alone were harmed', (worker) => {
    expect(radiusOf(harmed({ ...failed, worker }), 'failed')).toBe('worker');
    expect(radiusOf(harmed({ ...failed, worker, ...beside }), 'failed')).toBe('worker');
  });

  it('is a worker, where the connections that were harmed are of none that is known', () => {
    expect(radiusOf(harmed({ ...failed, worker: null }), 'failed')).toBe('worker');
  });

  it('is a worker, where only new connections show it', () => {
    expect(radiusOf(faultEvidence({ fresh: half }), 'failed')).toBe('worker');
    expect(radiusOf(faultEvidence({ fresh: half }), 'unfiltered')).toBe('none');
  });

  it('is the filter, where it was harmed on every worker', () => {
    const seen = harmed({ ...failed, worker: 0 }, { ...failed, worker: 1 });
    expect(radiusOf(seen, 'failed')).toBe('filter');
    expect(radiusOf(seen, 'unfiltered')).toBe('none');
  });

  it('is the process, where also what is beside the filter was harmed on every worker', () => {
    const seen = harmed({ ...failed, ...beside, worker: 0 }, { ...failed, ...beside, worker: 1 });
    expect(radiusOf(seen, 'failed')).toBe('process');
  });

  it('is the process, where it died', () => {
    expect(radiusOf(faultEvidence({ diedMs: 20, fresh: [] }), 'failed')).toBe('process');
    expect(radiusOf(faultEvidence({ diedMs: 20, fresh: [] }), 'unfiltered')).toBe('none');
  });

  it('keeps who was refused and who got through unseen apart', () => {
    const seen = harmed({ ...unfiltered, worker: 0 }, { ...unfiltered, worker: 1 }, { ...failed, worker: 1 });
    expect(radiusOf(seen, 'unfiltered')).toBe('filter');
    expect(radiusOf(seen, 'failed')).toBe('worker');
  });
});

describe('what does not go through the filter', () => {
  it('is harmed where it was seen, where new connections to it are, or where Envoy died', () => {
    expect(harmsNeighbours(harmed(failed))).toBe(false);
    expect(harmsNeighbours(faultEvidence({ fresh: half }))).toBe(false);
    expect(harmsNeighbours(harmed({ ...failed, ...beside }))).toBe(true);
    const fresh = [{ ...beside, tried: 16, right: 15, unfiltered: 0 }];
    expect(harmsNeighbours(faultEvidence({ fresh }))).toBe(true);
    expect(harmsNeighbours(faultEvidence({ diedMs: 20, fresh: [] }))).toBe(true);
  });
});

describe('recovery', () => {
  it('is nothing where nothing was harmed but the request that caused it', () => {
    expect(recoveryOf(faultEvidence())).toEqual({ recovered: null, ms: null });
  });

  it('is until the last harm', () => {
    const seen = harmed({ ...failed, lastMs: 900 }, { ...unfiltered, lastMs: 1_300 });
    expect(recoveryOf(seen)).toEqual({ recovered: true, ms: 1_300 });
  });

  it('counts from when the server was back', () => {
    expect(recoveryOf({ ...harmed({ ...failed, lastMs: 3_000 }), liftedMs: 2_500 })).toEqual({
      recovered: true,
      ms: 500,
    });
    expect(recoveryOf({ ...harmed({ ...failed, lastMs: 2_400 }), liftedMs: 2_500 }).ms).toBe(0);
  });

  it('is there, too, where harm lasted as long as the load, but no longer', () => {
    expect(recoveryOf(harmed({ ...failed, lastMs: 5_999 }))).toEqual({ recovered: true, ms: 5_999 });
  });

  it('is none where new connections fail, though old ones do not', () => {
    expect(recoveryOf({ ...harmed({ ...failed, lastMs: 100 }), fresh: half })).toEqual({
      recovered: false,
      ms: null,
    });
  });

  it('is none where Envoy died', () => {
    expect(recoveryOf(faultEvidence({ diedMs: 20, fresh: [] })).recovered).toBe(false);
  });
});
