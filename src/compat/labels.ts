import type { EnvoyBinary } from '../envoy/binary/index.js';

// Enough to tell some binaries apart.
const shaChars = 8;

/** Each Envoy once, with a name that no other has: its version, and where two share it, a part of its sha256. */
export function labelled(envoys: readonly EnvoyBinary[]): (EnvoyBinary & { readonly label: string })[] {
  const different = envoys.filter(
    ({ sha256 }, index) => envoys.findIndex((other) => other.sha256 === sha256) === index,
  );
  return different.map((envoy) => {
    const isAlone = different.filter(({ version }) => version === envoy.version).length === 1;
    return {
      ...envoy,
      label: isAlone ? envoy.version : `${envoy.version}@${envoy.sha256.slice(0, shaChars)}`,
    };
  });
}
