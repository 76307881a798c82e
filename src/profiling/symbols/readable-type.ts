/**
 * The class that a mangled type is of, without what its templates are made of: `N5Envoy4Http13FilterManagerE` becomes
 * `Envoy::Http::FilterManager`. What is of the standard library is named by what it holds, such as the function that a lambda is in.
 * The grammar is that of the Itanium C++ ABI (nested and source names).
 */
export function readableType(mangled: string): string {
  let names: string[] | null = /^\d/.test(mangled) ? [] : null;
  let at = 0;
  while (at < mangled.length) {
    const digits = /^\d+/.exec(mangled.slice(at, at + 4))?.[0];
    if (digits !== undefined) {
      const begin = at + digits.length;
      at = begin + Number(digits);
      const name = mangled.slice(begin, at);
      if (name !== '') names?.push(readableName(name));
      continue;
    }
    if (names !== null && names.length > 0) return names.join('::');
    // Of a constant, volatile or referred-to member function.
    const isQualifier = names !== null && 'KVRO'.includes(mangled.charAt(at));
    if (mangled.charAt(at) === 'N') names = [];
    else if (!isQualifier) names = null;
    at += 1;
  }
  return names !== null && names.length > 0 ? names.join('::') : 'std';
}

function readableName(name: string): string {
  return name.startsWith('_GLOBAL__N') ? '(anonymous)' : name;
}
