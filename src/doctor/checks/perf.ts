import { requirePerf } from '../../profiling/sampling/perf.js';
import { type Check, ok } from '../check.js';

/** Whether `profile` can sample here. */
export const perf: Check = {
  name: 'perf',
  neededBy: [],
  async look({ signal }) {
    await requirePerf(signal);
    return ok('"filterbench profile" can sample');
  },
};
