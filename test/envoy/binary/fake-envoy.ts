import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { downloadPlatform, type EnvoyLock } from '../../../src/envoy/binary/index.js';

export const platform = downloadPlatform();

/** The bytes of a program that answers --version like an Envoy of that version. */
export function fakeEnvoy(version: string, build = 'Clean', salt = ''): Buffer {
  const commit = '9e5580933739775e8bce696a57a2e1bc99368f23';
  const line = `envoy  version: ${commit}/${version}/${build}/RELEASE/BoringSSL`;
  return Buffer.from(`#!/bin/sh\necho\necho "${line}"\n# ${salt}\n${'#'.repeat(200_000)}\n`);
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A lock with one pinned version. */
export function lockOf(version: string, pins: { wheel?: string; release?: string }): EnvoyLock {
  return {
    schema: 'filterbench/envoy-lock@1',
    versions: {
      [version]: {
        ...(pins.wheel && { wheel: { [platform]: pins.wheel } }),
        ...(pins.release && { release: { [platform]: pins.release } }),
      },
    },
  };
}

const temps: string[] = [];

/** A directory that is removed after the test. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'filterbench-test-'));
  temps.push(dir);
  return dir;
}

afterEach(async () => {
  for (const dir of temps.splice(0)) await rm(dir, { recursive: true, force: true });
});

/** Every file and directory below the cache but the empty `.tmp`: what a failed fetch must leave empty. */
export async function leftIn(cacheDir: string): Promise<string[]> {
  const names = await readdir(join(cacheDir, 'envoy'), { recursive: true }).catch(() => []);
  return names.filter((name) => name !== '.tmp').sort();
}
