import { variants } from '../mechanisms/index.js';
import { blocks } from '../report/format/blocks.js';
import { wrapped } from '../report/format/text.js';
import type { Scenario } from '../scenarios/load.js';
import { knownOutcome } from './bench/arms.js';

/** Whether a variant can run a scenario family on one Envoy version, as far as is known without starting anything. */
export interface SupportEntry {
  readonly variant: string;
  readonly mechanism: string;
  readonly scenario: string;
  readonly status: 'supported' | 'unsupported' | 'unavailable';
  /** Null where it is supported. */
  readonly reason: string | null;
}

/** Every variant in every family, as processes of this host; of a series, what the first scenario says that can't be run. */
export function supportOf(scenarios: readonly Scenario[], envoyVersion: string): SupportEntry[] {
  const families = [...new Set(scenarios.map(({ family }) => family))];
  return variants.flatMap((variant) =>
    families.map((family): SupportEntry => {
      const known = scenarios
        .filter((scenario) => scenario.family === family)
        .map((scenario) => knownOutcome(scenario, variant, { envoyVersion, runtime: 'native' }))
        .find((outcome) => outcome !== null);
      return {
        variant: variant.id,
        mechanism: variant.mechanism,
        scenario: family,
        status:
          known?.status === 'unsupported' || known?.status === 'unavailable' ? known.status : 'supported',
        reason: known?.reason ?? null,
      };
    }),
  );
}

/**
 * A row a variant and a column a family, in several blocks where the width is too small for all; `yes`, or the number of a
 * reason, which are listed below.
 */
export function supportLines(entries: readonly SupportEntry[], width: number): string[] {
  const reasons = [
    ...new Set(entries.flatMap((entry) => (entry.status === 'supported' ? [] : [reasonText(entry)]))),
  ];
  const cellOf = (entry: SupportEntry | undefined) => {
    if (!entry) return '';
    return entry.status === 'supported' ? 'yes' : `[${reasons.indexOf(reasonText(entry)) + 1}]`;
  };
  const rows = [...new Set(entries.map(({ variant }) => variant))];
  const columns = [...new Set(entries.map(({ scenario }) => scenario))].map((scenario) => {
    const cells = rows.map((row) =>
      cellOf(entries.find((entry) => entry.variant === row && entry.scenario === scenario)),
    );
    return [scenario, ...cells];
  });
  return [
    ...blocks(['', ...rows], columns, width),
    ...reasons.flatMap((reason, index) => wrapped(`[${index + 1}] ${reason}`, width, '    ')),
  ];
}

function reasonText({ status, reason }: SupportEntry): string {
  return `${status}: ${reason}`;
}
