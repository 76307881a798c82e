import type { CoreProfile } from '../../profiling/core/profile-core.js';
import { columns } from '../format/columns.js';
import { counted } from '../format/number.js';

const shownFunctions = 12;

/** Instructions of the core for a terminal: in all, a byte, and function by function. */
export function coreProfileLines(profile: CoreProfile): string[] {
  const { scenario, bodyBytes, instructionsPerRequest: all, functions } = profile;
  const perByte = bodyBytes === 0 ? '' : `, ${(all / bodyBytes).toFixed(3)} a byte`;
  return [
    `${scenario}: ${counted(all, 'instruction')} a request${perByte}`,
    ...columns(
      functions
        .slice(0, shownFunctions)
        .map(({ name, instructions }) => [
          `  ${name}`,
          instructions.toLocaleString('en-US'),
          `${((instructions / all) * 100).toFixed(1)} %`,
        ]),
    ),
    '',
  ];
}
