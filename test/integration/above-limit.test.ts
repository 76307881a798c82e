import { expect, it } from 'vitest';
import { bufferBaseline } from '../../src/mechanisms/buffer.js';
import { selectVariants, type Variant } from '../../src/mechanisms/index.js';
import { tryArm } from '../support/one-arm.js';

const passing: Variant = { ...bufferBaseline, id: 'baseline', config: 'baseline' };

function ofId(id: string): Variant {
  return selectVariants([id])[0]!;
}

it.each([
  { variant: passing, scenario: 'inspect-1k', facts: ['request 200 unfiltered'] },
  { variant: bufferBaseline, scenario: 'inspect-1k', facts: ['request 413 refused'] },
  { variant: ofId('ext-proc/rust-duplex'), scenario: 'inspect-1k', facts: ['request 403 done'] },
  { variant: ofId('cpp'), scenario: 'model-routing-1k', facts: ['request 413 refused'] },
  { variant: ofId('lua'), scenario: 'redact-1k', facts: ['request 413 refused', 'response 500 refused'] },
  {
    variant: ofId('ext-proc/rust-streamed'),
    scenario: 'redact-1k',
    facts: ['request 200 done', 'response 200 done'],
  },
])(
  '$variant.id in $scenario: a body above the buffer limit is $facts',
  async ({ variant, scenario, facts }) => {
    const { verdict, evidence } = await tryArm(variant, scenario, { aboveLimit: true });
    const found = evidence.flatMap((item) =>
      item.kind === 'above-limit' ? [`${item.way} ${item.status} ${item.outcome}`] : [],
    );
    expect(found).toEqual(facts);
    expect(verdict).toEqual({ status: 'valid', reason: null });
  },
);
