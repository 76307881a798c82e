import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import { FailedError, InterruptedError } from '../../errors.js';

// Envoy answers within 0.1 s; this only ends a program that isn't Envoy and never answers.
const answerWithinMs = 30_000;

const versionLine = /version:\s*[0-9a-f]+\/(\d+\.\d+\.\d+[^/\s]*)\/(\w+)\/\w+\//;

export interface VersionAnswer {
  version: string;
  build: string;
}

/** The version and build in the output of `envoy --version`; undefined if it is not Envoy's. */
export function parseVersionLine(output: string): VersionAnswer | undefined {
  const match = versionLine.exec(output);
  return match?.[1] && match[2] ? { version: match[1], build: match[2] } : undefined;
}

/**
 * Runs `FILE --version`.
 *
 * @param name what messages call the file.
 * @throws FailedError if it doesn't run here or doesn't answer like Envoy; InterruptedError on abort.
 */
export async function askVersion(file: string, name: string, signal?: AbortSignal): Promise<VersionAnswer> {
  const result = await execa(file, ['--version'], {
    reject: false,
    stdin: 'ignore',
    all: true,
    timeout: answerWithinMs,
    maxBuffer: 64_000,
    ...(signal && { cancelSignal: signal }),
  });
  if (result.isCanceled) throw new InterruptedError('interrupted', nothingKept);
  const answer = parseVersionLine(result.all ?? '');
  if (answer && !result.failed) return answer;
  const why = firstLine(result.failed ? (result.shortMessage ?? '') : (result.all ?? ''));
  throw new FailedError(
    `${name} doesn't answer --version like Envoy does: ${why}`,
    'check that it is an Envoy binary for this machine (glibc, not musl) and may be executed here',
  );
}

/** What an interrupted resolve says. */
export const nothingKept = 'nothing of the unfinished download was kept; run the same command again';

/** The sha256 of a file's content, lower-case hex. */
export async function sha256File(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash, { ...(signal && { signal }) });
  return hash.digest('hex');
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 120) || 'it printed nothing';
}
