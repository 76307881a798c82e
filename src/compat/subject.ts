import type { Variant } from '../mechanisms/index.js';
import type { Scenario } from '../scenarios/load.js';

/** A build, script, server or built-in that is tried on every Envoy. */
export interface Subject {
  readonly id: string;
  /** What it is listed under. */
  readonly group: string;
  /** Its name within the group; null where the group has but one. */
  readonly name: string | null;
  readonly mechanism: string;
  /** How it is started, whatever the version of Envoy; null: Envoy without a filter. */
  readonly variant: Variant | null;
  /** Tried one after another. */
  readonly scenarios: readonly Scenario[];
  /** Compiled files that it is made of. */
  readonly files: readonly string[];
}
