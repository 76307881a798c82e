import type { VerdictPart } from '../results/schema/index.js';
import { holm } from '../stats/multiplicity.js';
import { decide, leaningOf } from './decide.js';
import type { About, Finding } from './findings.js';

/** The parts of some claims, and how many of them were tested. */
export interface Parts {
  /** As the findings were given, a list a claim. */
  readonly ofEach: readonly (readonly VerdictPart[])[];
  readonly tests: number;
}

/** Turns findings of all claims into parts: p values are adjusted for all of them together (Holm 1979). */
export function partsOf(findings: readonly (readonly Finding[])[]): Parts {
  const leanings = findings.map((list) =>
    list.map((finding) => (finding.kind === 'measured' ? leaningOf(finding) : null)),
  );
  const ps = leanings.flatMap((list) => list.map((leaning) => leaning?.p ?? null));
  const adjusted = holm(ps);
  const tests = ps.filter((p) => p !== null).length;
  let place = 0;
  const ofEach = findings.map((list, claim) =>
    list.map((finding, index): VerdictPart => {
      const pAdjusted = adjusted[place] ?? null;
      place += 1;
      const leaning = leanings[claim]?.[index];
      if (finding.kind !== 'measured' || !leaning) return plainPart(finding);
      const decision = decide(finding.tests, leaning, pAdjusted, Math.max(1, tests));
      const { effect, margin, bound } = decision.test;
      return {
        ...placeOf(finding.about),
        word: decision.word,
        effect,
        margin,
        bound,
        beside: [...finding.beside],
        p: leaning.p,
        pAdjusted,
        restartsNeeded: decision.restartsNeeded,
        reason: decision.reason,
      };
    }),
  );
  return { ofEach, tests };
}

function plainPart(finding: Finding): VerdictPart {
  const none = { effect: null, margin: null, beside: [], p: null, pAdjusted: null, restartsNeeded: null };
  const { word, reason } =
    finding.kind === 'seen'
      ? finding
      : {
          word: 'not tested' as const,
          reason: finding.kind === 'missing' ? finding.reason : 'nothing was measured',
        };
  return { ...placeOf(finding.about), ...none, word, reason };
}

function placeOf({ arms, evidence, ...where }: About) {
  return { ...where, arms: [...arms], evidence: [...evidence] };
}
