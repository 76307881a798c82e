import { MissingError } from '../../errors.js';

/** The platforms that Envoy binaries are published for. */
export const envoyPlatforms = ['linux-x64', 'linux-arm64'] as const;

export type EnvoyPlatform = (typeof envoyPlatforms)[number];

/** This machine as `os-arch`, whether or not Envoy is published for it. */
export function hostPlatform(): string {
  return `${process.platform}-${process.arch}`;
}

/**
 * This machine as a platform that Envoy is published for.
 *
 * @throws MissingError if neither source has binaries for it.
 */
export function downloadPlatform(host: string = hostPlatform()): EnvoyPlatform {
  const known = envoyPlatforms.find((platform) => platform === host);
  if (known) return known;
  throw new MissingError(
    `no Envoy binary is published for ${host}, only for ${envoyPlatforms.join(' and ')}`,
    'give a binary of your own with --envoy PATH, or use --runtime docker',
  );
}
