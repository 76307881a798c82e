import type { Scenarios } from './places.js';

/** The command that measures what a prediction needs. */
export function benchCommand(scenarios: Scenarios, variants: readonly string[]): string {
  const named = [...new Set(variants)].join(',');
  const profile =
    scenarios === 'all' ? '--profile full' : `--profile quick --scenarios ${scenarios.join(',')}`;
  return `filterbench bench ${profile} --mechanisms ${named} --out RUN`;
}
