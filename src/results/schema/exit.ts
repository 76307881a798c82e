import { z } from 'zod';

/** How a process ended. */
export const exitSchema = z.strictObject({ code: z.int().nullable(), signal: z.string().nullable() });
