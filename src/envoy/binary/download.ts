import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isDiskError } from './staging.js';

export interface DownloadOptions {
  maxBytes: number;
  signal?: AbortSignal | undefined;
  /** Give up after so long without a byte. */
  stallMs?: number | undefined;
}

export type Downloaded = { ok: true; sha256: string } | { ok: false; reason: string };

/**
 * Downloads a URL to a new file. What the network or the server does wrong is a result.
 *
 * @throws the signal's reason on abort.
 */
export async function download(url: string, target: string, options: DownloadOptions): Promise<Downloaded> {
  const { maxBytes, signal, stallMs = 60_000 } = options;
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Error(`no data for ${stallMs / 1000} s`)), stallMs);
  try {
    const response = await fetch(url, {
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
    });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return { ok: false, reason: `${url}: HTTP ${response.status}` };
    }
    const hash = createHash('sha256');
    let bytes = 0;
    await pipeline(
      response.body,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          timer.refresh();
          bytes += chunk.length;
          if (bytes > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(target, { flags: 'wx', mode: 0o600 }),
    );
    return { ok: true, sha256: hash.digest('hex') };
  } catch (error) {
    signal?.throwIfAborted();
    if (isDiskError(error)) throw error;
    return {
      ok: false,
      reason: `${url}: ${networkReason(stall.signal.aborted ? stall.signal.reason : error)}`,
    };
  } finally {
    clearTimeout(timer);
  }
}

/** fetch hides what happened in a chain of causes; the innermost that says something is the reason. */
function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return networkReason(error.cause);
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof AggregateError || error.message === '') return code ?? error.name;
  return error.message;
}
