import type { VariantTable } from '../variant-table.js';

/** What is asked for, and what was measured that bears on it. */
export interface DecisionJob {
  readonly title: string;
  /** One or several; those without any data are left out. */
  readonly tables: readonly VariantTable[];
}

/** One variant of each mechanism, by which all are compared; what differs between its siblings is in the tables of costs. */
export const representatives = [
  { mechanism: 'cpp', variant: 'cpp' },
  { mechanism: 'lua', variant: 'lua' },
  { mechanism: 'wasm', variant: 'wasm/rust' },
  { mechanism: 'dynamic-module', variant: 'dynamic-module/rust' },
  { mechanism: 'ext-proc', variant: 'ext-proc/rust' },
  { mechanism: 'ext-authz', variant: 'ext-authz/rust-grpc' },
] as const;
