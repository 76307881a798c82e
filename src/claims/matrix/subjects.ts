import { z } from 'zod';
import { scopeSchema } from '../predictions/define.js';

/** What every prediction about cells of a matrix says, besides its kind. */
export const ofSubjects = {
  scope: scopeSchema,
  /** Ids of the compatibility matrix, with `*` for anything. */
  subjects: z.array(z.string()).min(1),
} as const;
