import { type Check, fromWarnings } from '../check.js';

/** What may change the speed of the processor while it is measured on. */
export const clock: Check = {
  name: 'clock',
  neededBy: [],
  async look(context) {
    const { governor, turbo, smt } = context.fingerprint;
    const told = (state: boolean | null) => (state === null ? 'not told' : state ? 'on' : 'off');
    const facts = `governor ${governor ?? 'not told'}, turbo ${told(turbo)}, SMT ${told(smt)}`;
    const found = fromWarnings(context, ['governor'], facts);
    if (found.status !== 'ok' || turbo !== true) return found;
    // Never a warning of its own: arms alternate within seconds, so that all have the same.
    return { ...found, message: `${facts}: arms take turns, so all meet the same clock` };
  },
};
