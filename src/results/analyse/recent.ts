/**
 * A function that remembers what it gave for the keys that were asked of it last.
 * @param most how many it remembers
 */
export function recent<T>(most: number, make: (key: string) => T): (key: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    // A map keeps the order in which keys came: the first is the one that was not asked for longest.
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return found.value;
  };
}
