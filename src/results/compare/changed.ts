import type { EnvoyUsed, Run, Unlikeness } from '../schema/index.js';

/** What two runs are compared for: Envoys and files of filters that are not the same bytes. */
export function changedBetween(from: Run, to: Run): Unlikeness[] {
  const envoys = [envoyBytes(from), envoyBytes(to)];
  return [
    ...(envoys[0] === envoys[1] ? [] : [{ what: 'Envoy', from: envoysText(from), to: envoysText(to) }]),
    ...changedFiles(from, to),
  ];
}

function envoyBytes({ envoys }: Run): string {
  return envoys.map(({ version, sha256, runtime }) => `${version} ${sha256} ${runtime}`).join();
}

function envoysText({ envoys }: Run): string {
  const text = ({ version, sha256 }: EnvoyUsed) => `${version} (${shortened(sha256)})`;
  return envoys.map(text).join(', ') || 'none';
}

function changedFiles(from: Run, to: Run): Unlikeness[] {
  const [before, after] = [from, to].map(
    ({ artefacts }) => new Map(artefacts.map(({ path, sha256 }) => [path, sha256])),
  );
  const paths = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  return paths.flatMap((what) => {
    const [a, b] = [before?.get(what), after?.get(what)];
    return a === b ? [] : [{ what, from: a ? shortened(a) : 'not used', to: b ? shortened(b) : 'not used' }];
  });
}

function shortened(sha256: string): string {
  return sha256.slice(0, 12);
}
