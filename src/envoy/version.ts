/** Compares dotted versions number by number: negative where `a` is the older. `1.41.0-dev` counts as 1.41.0. */
export function compareVersions(a: string, b: string): number {
  const left = numbersOf(a);
  const right = numbersOf(b);
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

function numbersOf(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}
