import { FilterbenchError } from '../../errors.js';
import { compilers } from '../../filters/compilers.js';
import { type Check, missing, ok } from '../check.js';

/** Whether `filters build` has its compilers. */
export const toolchains: Check = {
  name: 'toolchains',
  neededBy: [],
  async look() {
    const lacking = await Promise.all(
      compilers.map(async ({ name, find }) => {
        try {
          await find();
          return [];
        } catch (error) {
          if (error instanceof FilterbenchError) return [{ name, next: error.next }];
          throw error;
        }
      }),
    );
    const found = lacking.flat();
    if (found.length === 0) return ok('"filterbench filters build" has all that it needs');
    const names = found.map(({ name }) => name).join(', ');
    return missing(
      `"filterbench filters build" lacks ${names}; bench needs none, as filters are shipped compiled`,
      [...new Set(found.map(({ next }) => next))].join('; '),
    );
  },
};
