import { type Check, fromWarnings, warn } from '../check.js';

/** Whether a control group holds us back. */
export const cgroup: Check = {
  name: 'CPU limit',
  neededBy: [],
  async look(context) {
    const { cgroupCpuLimit, cgroupThrottledMs } = context.fingerprint;
    const found = fromWarnings(context, ['cgroup-limit'], 'none by a control group');
    if (found.status !== 'ok' || cgroupCpuLimit === null || !cgroupThrottledMs) return found;
    return warn(
      `the control group was held back for ${Math.round(cgroupThrottledMs)} ms so far`,
      'raise or remove the CPU limit of this container',
    );
  },
};
