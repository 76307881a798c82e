import { z } from 'zod';
import { addedLatency } from './added-latency.js';
import type { PredictionKind } from './define.js';
import { differs } from './differs.js';
import { largest } from './largest.js';
import { less } from './less.js';
import { locked } from './locked.js';
import { lowest } from './lowest.js';
import { near } from './near.js';
import { observed } from './observed.js';
import { opinion } from './opinion.js';
import { order } from './order.js';
import { steeper } from './steeper.js';
import { usable } from './usable.js';
import { warned } from './warned.js';

export { type PredictionKind, type Scope, scopeOf } from './define.js';

/** All kinds of prediction. */
const kinds: readonly [PredictionKind, ...PredictionKind[]] = [
  less,
  lowest,
  largest,
  near,
  steeper,
  addedLatency,
  order,
  locked,
  usable,
  differs,
  warned,
  observed,
  opinion,
];

const [first, ...others] = kinds;
const names = kinds.map(({ schema }) => schema.shape.kind.value);

export const predictionSchema = z.discriminatedUnion(
  'kind',
  [first.schema, ...others.map(({ schema }) => schema)],
  {
    error: `unknown kind of prediction; there are ${names.join(', ')}`,
  },
);
export type Prediction = z.infer<typeof predictionSchema>;

/** The kind of a prediction that was checked. */
export function kindOf({ kind }: Prediction): PredictionKind {
  const found = kinds.find(({ schema }) => schema.shape.kind.value === kind);
  if (found === undefined) throw new TypeError(`${kind} is a kind of prediction`);
  return found;
}
