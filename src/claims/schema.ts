import { z } from 'zod';
import { articleSchema, claimAreaSchema } from '../results/schema/index.js';
import { predictionSchema } from './predictions/index.js';

/** A claim of the article with what it foretells, fixed before anything is measured. */
export const claimSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single dashes only'),
  area: claimAreaSchema,
  /** What the article says, in our own words. */
  claim: z.string(),
  /** Where in the article. */
  section: z.string(),
  prediction: predictionSchema,
  /** What would turn the verdict around. */
  wouldChange: z.string(),
  /** What a reader must know of how the claim was made measurable. */
  note: z.string().optional(),
});
export type Claim = z.infer<typeof claimSchema>;

/** claims.yaml */
export const claimsFileSchema = z.strictObject({
  article: articleSchema,
  claims: z.array(claimSchema).min(1),
});
