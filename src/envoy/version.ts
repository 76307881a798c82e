/** Compares dotted versions number by number: negative where `a` is the older. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether Envoy version `version` is older than `than`. */
export function olderThan(version: string, than: string): boolean {
  return compareVersions(version, than) < 0;
}
