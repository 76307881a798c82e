/** A stored object, before it is validated. */
export type Fields = Readonly<Record<string, unknown>>;

/** Adds what an older shape did not have; what is there stays. */
export function withMissing(stored: unknown, missing: Fields): unknown {
  return isFields(stored) ? { ...missing, ...stored } : stored;
}

/** Changes every object of a list; anything that is no list stays, for the schema to judge. */
export function eachOf(list: unknown, change: (item: Fields) => unknown): unknown {
  return Array.isArray(list) ? list.map((item: unknown) => (isFields(item) ? change(item) : item)) : list;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
