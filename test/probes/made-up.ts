import { probeEvidence } from '../../src/probes/probe.js';
import type { EvidenceOf } from '../../src/results/schema/index.js';

export const envoy = { version: '1.40.0', path: '/envoy', sha256: 'e'.repeat(64) };

/** A probe that was never run. */
export function madeUpProbe(more: Partial<EvidenceOf<'probe'>> = {}): EvidenceOf<'probe'> {
  const names = { id: 'lua/inline', claims: ['cap-lua-inline'], question: 'does it load?' };
  const found = { facts: { works: true, status: 200 }, config: '', log: '' };
  return { ...probeEvidence(names, envoy, found), ...more };
}

/** A swap that never was. */
export function madeUpSwap(
  account: Partial<EvidenceOf<'swap'>['account']> = {},
  more: Partial<EvidenceOf<'swap'>> = {},
): EvidenceOf<'swap'> {
  const { exchanges: _, words: __, config: ___, ...about } = madeUpProbe();
  return {
    ...about,
    kind: 'swap',
    probe: 'swap/lua/script',
    claims: ['cap-dynamic-load'],
    way: 'listener',
    from: 'one',
    to: 'two',
    rps: 200,
    drainMs: 600_000,
    drainStrategy: 'immediate',
    account: {
      offered: 100,
      old: 40,
      new: 60,
      lost: 0,
      wrong: 0,
      firstNewMs: 12.5,
      lastOldMs: 30,
      oldAfterNew: { fresh: 0, kept: 3 },
      ...account,
    },
    timeline: [],
    faulty: [],
    counters: {},
    facts: { servedAtTheEnd: 'two' },
    before: '',
    after: '',
    ...more,
  };
}
