import { existsSync } from 'node:fs';
import { prebuilt } from '../../mechanisms/prebuilt.js';
import { type Check, missing, ok, warn } from '../check.js';

/** Whether the compiled filters and servers for this platform are there. */
export const filters: Check = {
  name: 'filters',
  neededBy: ['native', 'docker'],
  async look() {
    const { platform, upstream, extServer, wasm } = prebuilt;
    const next = 'run "filterbench filters build", which needs Rust';
    if (!existsSync(upstream)) return missing(`nothing is compiled for ${platform}: no proof can run`, next);
    const lacking = [extServer, wasm].filter((path) => !existsSync(path));
    if (lacking.length === 0) return ok(`compiled for ${platform}`);
    return warn(`not compiled: ${lacking.join(', ')}; arms that need it are unavailable`, next);
  },
};
