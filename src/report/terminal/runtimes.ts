import type { RuntimesOfVariant } from '../../selftest/runtimes.js';
import { columns } from '../format/columns.js';
import { us, usPlusMinus } from '../format/number.js';

const words = {
  equivalent: 'agrees',
  less: 'LESS in containers',
  more: 'MORE in containers',
  undecided: 'too wide to say',
};

/** Native and container side by side, for a terminal. */
export function runtimesLines(compared: readonly RuntimesOfVariant[]): string[] {
  return columns([
    ['variant', 'scenario', 'native µs', 'container µs', 'difference', 'margin', ''],
    ...compared.map((each) => {
      const { lowUs: low, highUs: high } = each;
      const interval = low === null || high === null ? null : { low, high };
      return [
        each.variant,
        each.scenario,
        us(each.nativeUs),
        us(each.dockerUs),
        usPlusMinus(each.differenceUs, interval),
        `±${us(each.marginUs)}`,
        words[each.relation],
      ];
    }),
  ]);
}
