import { BadInputError } from '../../errors.js';
import { suggestPart } from '../../suggest.js';
import { type Fault, faultId } from '../fault.js';
import { cppFaults } from './cpp.js';
import { dynamicModuleFaults } from './dynamic-module.js';
import { externalFaults } from './external.js';
import { luaFaults } from './lua.js';
import { wasmFaults } from './wasm.js';

/** Every fault that is known, from the inside of Envoy outwards. */
export const faults: readonly Fault[] = [
  ...cppFaults,
  ...dynamicModuleFaults,
  ...luaFaults,
  ...wasmFaults,
  ...externalFaults,
];

/**
 * The faults whose id holds one of the words; all where there is none.
 * @throws BadInputError where a word fits none.
 */
export function selectFaults(words: readonly string[]): readonly Fault[] {
  const fits = (fault: Fault, word: string) => faultId(fault).includes(word);
  const useless = words.find((word) => !faults.some((fault) => fits(fault, word)));
  if (useless !== undefined) {
    const ids = faults.map(faultId);
    throw new BadInputError(
      `no fault has '${useless}' in its name${suggestPart(useless, ids)}`,
      `the names are ${ids.join(', ')}`,
    );
  }
  return words.length === 0 ? faults : faults.filter((fault) => words.some((word) => fits(fault, word)));
}
