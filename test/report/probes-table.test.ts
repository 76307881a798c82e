import { describe, expect, it } from 'vitest';
import { observations } from '../../src/probes/observations.js';
import { probeLines } from '../../src/report/probes/table.js';
import type { Evidence } from '../../src/results/schema/index.js';
import { madeUpProbe, madeUpSwap } from '../probes/made-up.js';

const linesOf = (evidence: readonly Evidence[]) => probeLines(evidence, observations(evidence), 80);

describe('the table of probes', () => {
  it('fits into 80 columns, whatever Envoy says', () => {
    const long = `a_word_without_a_blank_${'x'.repeat(200)} and more`;
    const evidence = [
      madeUpProbe({ words: long, facts: { works: false, why: long } }),
      madeUpSwap({}, { probe: `swap/${'long-name/'.repeat(9)}` }),
    ];
    for (const line of linesOf(evidence)) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('says what was asked, answered and seen', () => {
    const facts = { works: false, accepted: false, none: null };
    expect(linesOf([madeUpProbe({ words: 'no such thing', facts })])).toEqual([
      'lua/inline: no',
      '    does it load?',
      '    accepted no, none –',
      '    Envoy: "no such thing"',
    ]);
  });

  it('does not answer for a probe that could not be carried out', () => {
    const [head, , ...details] = linesOf([madeUpProbe({ passed: false, problem: 'no port', facts: {} })]);
    expect([head, details.join(' ')]).toEqual(['lua/inline: not carried out', '    no port']);
  });

  it('has a row for each swap', () => {
    const lines = linesOf([madeUpSwap(), madeUpSwap({ firstNewMs: null, lost: 2 })]);
    expect(lines[1]).toMatch(/^swap under load +sent +lost +wrong +new ms +old ms +late old$/);
    expect(lines[2]).toMatch(/^lua\/script +100 +0 +0 +13 +30 +0\+3$/);
    expect(lines[3]).toMatch(/^lua\/script +100 +2 +0 +– +30 +0\+3$/);
  });
});
