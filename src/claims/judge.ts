import type { Verdict } from '../results/schema/index.js';
import { combine } from './combine.js';
import type { ClaimData } from './data.js';
import { commandText } from './needs.js';
import { partsOf } from './parts.js';
import { kindOf, scopeOf } from './predictions/index.js';
import type { Claim } from './schema.js';

/**
 * The verdict on each claim, from what is stored and nothing else. Give all claims, and leave out those that nobody asked for
 * afterwards: what a p value is adjusted for must not hang on which verdicts are looked at.
 */
export function judgeClaims(claims: readonly Claim[], data: ClaimData): Verdict[] {
  const findings = claims.map(({ prediction }) => kindOf(prediction).find(prediction, data));
  const { ofEach, tests } = partsOf(findings);
  return claims.map((claim, index): Verdict => {
    const { id, area, section, claim: statement, prediction, wouldChange, note } = claim;
    const kind = kindOf(prediction);
    const own = findings[index] ?? [];
    const parts = ofEach[index] ?? [];
    const weighed = parts.map((part, place) => {
      const finding = own[place];
      return { part, essential: finding?.kind === 'missing' && finding.essential };
    });
    const whole = combine(weighed, scopeOf(prediction), kind.perEnvoy);
    const commands = kind.needsOf(prediction).map(commandText);
    const isOpen = whole.word === 'not tested' || whole.word === 'inconclusive';
    return {
      claim: id,
      area,
      section,
      statement,
      ...whole,
      wouldChange,
      next: isOpen && commands.length > 0 ? commands.join('; ') : null,
      note: note ?? null,
      tests,
      parts: [...parts],
    };
  });
}
