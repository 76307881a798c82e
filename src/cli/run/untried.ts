import { isUntried } from '../../mechanisms/dynamic-module.js';
import type { PlannedArm } from '../../results/analyse/index.js';
import type { Warning } from '../../results/schema/index.js';

/** What no build of ours was ever tried on, before it is: the proofs of this run say whether it works. */
export function untriedWarnings(planned: readonly PlannedArm[]): Warning[] {
  const versions = planned.flatMap(({ identity: { mechanism, envoy }, known }) =>
    mechanism === 'dynamic-module' && known === null && isUntried(envoy) ? [envoy] : [],
  );
  return [...new Set(versions)].map((version) => ({
    code: 'untried-abi',
    message: `Envoy ${version} is newer than every build of the dynamic module; it gets the newest, whose ABI it may warn of or refuse`,
    next: 'run "filterbench compat" on it; docs/compatibility.md tells how a build for it is made',
  }));
}
