import type { Evidence } from '../schema/index.js';

/** Evidence as it is kept in memory. */
export interface EvidenceKeeper {
  readonly kept: readonly Evidence[];
  add(item: Evidence): void;
}

/**
 * Keeps of a run's evidence what its numbers and its report rest on. The rest is on disk for whoever reads it: hours of proofs would fill
 * the memory. What proofs sent and got goes, so do texts of validation, and of the proofs that an arm passed in a restart one stays.
 * @param before what is kept already
 */
export function evidenceKeeper(before: readonly Evidence[] = []): EvidenceKeeper {
  const kept: Evidence[] = [];
  const proven = new Set<string>();
  const add = (item: Evidence) => {
    if (item.kind === 'proof' && item.passed) {
      const key = `${item.attempt ?? 0} ${item.restart} ${item.arm}`;
      if (proven.has(key)) return;
      proven.add(key);
    }
    kept.push(withoutTexts(item));
  };
  before.forEach(add);
  return { kept, add };
}

function withoutTexts(item: Evidence): Evidence {
  if (item.kind === 'proof') return { ...item, request: null, observed: null };
  return item.kind === 'validate' ? { ...item, output: '', config: '' } : item;
}
