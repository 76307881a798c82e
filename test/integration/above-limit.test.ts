import { describe, expect, it } from 'vitest';
import { bufferBaseline } from '../../src/mechanisms/buffer.js';
import { selectVariants, type Variant } from '../../src/mechanisms/index.js';
import type { Evidence } from '../../src/results/schema/index.js';
import { tryArm } from '../support/one-arm.js';

const passing: Variant = { ...bufferBaseline, id: 'baseline', config: 'baseline' };

function facts(evidence: readonly Evidence[]) {
  return evidence.flatMap((item) =>
    item.kind === 'above-limit' ? [`${item.way} ${item.status} ${item.outcome}`] : [],
  );
}

function variant(id: string): Variant {
  return selectVariants([id])[0]!;
}

describe('above the buffer limit', () => {
  it.each([
    [passing, 'inspect-1k', ['request 200 unfiltered']],
    [bufferBaseline, 'inspect-1k', ['request 413 refused']],
    [variant('lua'), 'inspect-1k', ['request 413 refused']],
    [variant('ext-proc/rust-streamed'), 'redact-1k', ['request 200 done', 'response 200 done']],
  ] as const)('$0.id in %s does what the report says', async (of, scenario, expected) => {
    const { verdict, evidence } = await tryArm(of, scenario, { aboveLimit: true });
    expect(facts(evidence)).toEqual(expected);
    expect(verdict).toEqual({ status: 'valid', reason: null });
  });
});
