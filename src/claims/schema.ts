import { z } from 'zod';
import { predictionSchema } from './predictions/index.js';

export const claimAreaSchema = z.enum(['performance', 'isolation', 'compatibility', 'capability', 'opinion']);
export type ClaimArea = z.infer<typeof claimAreaSchema>;

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
  article: z.strictObject({
    title: z.string(),
    author: z.string(),
    url: z.url(),
    written: z.string(),
    /** Envoy's version when it was written. */
    envoy: z.string(),
  }),
  claims: z.array(claimSchema).min(1),
});
export type Article = z.infer<typeof claimsFileSchema>['article'];
