import { z } from 'zod';
import { about } from '../findings.js';
import { defineKind } from './define.js';

const schema = z.strictObject({
  kind: z.literal('opinion'),
  /** Why nothing that could be measured would tell. */
  why: z.string(),
});

/** A judgement of taste or of the future: nothing is foretold that a run could show. */
export const opinion = defineKind({
  schema,
  perEnvoy: false,
  needsOf: () => [],
  find: ({ why }) => [{ kind: 'missing', about: about('opinion'), reason: why, essential: true }],
});
