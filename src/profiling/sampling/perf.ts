import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { execa } from 'execa';
import { FailedError, MissingError } from '../../errors.js';
import { launchPrefix } from '../../runtime/launch-prefix.js';
import { readSamples, type StackSample, scriptFields } from './perf-script.js';

/** Samples a second of each core: no multiple of a usual timer, so that it does not walk in step with one. */
export const samplesPerSecond = 999;

// The software clock: virtual machines have no hardware counters. It is a timer of the kernel, so that what runs with interrupts off is
// seen where they come on again.
const event = ['-e', 'cpu-clock', '-F', String(samplesPerSecond), '--call-graph', 'fp'];
// Files are still where they were when samples are read; else perf would keep copies of them for later.
const withoutCopies = ['--no-buildid', '--no-buildid-cache'];

/**
 * Makes sure that perf can sample here.
 * @throws MissingError where it is not installed, or may not.
 */
export async function requirePerf(signal?: AbortSignal): Promise<void> {
  const trial = ['record', ...event, ...withoutCopies, '-o', '-', '--', 'true'];
  const { exitCode, code, stderr } = await execa('perf', trial, {
    reject: false,
    stdout: 'ignore',
    ...(signal && { cancelSignal: signal }),
  });
  if (exitCode === 0) return;
  if (code === 'ENOENT') {
    throw new MissingError(
      'perf is not installed, and it is what samples',
      'install linux-perf (Debian), linux-tools-generic (Ubuntu) or perf (Fedora)',
    );
  }
  throw new MissingError(
    `perf cannot sample here: ${firstWords(stderr)}`,
    'run as root, or allow it with "sysctl kernel.perf_event_paranoid=1"; a container needs the capability PERFMON',
  );
}

function firstWords(stderr: string): string {
  const line = stderr.split('\n').find((each) => /error|denied|not permitted|limited|fail/i.test(each));
  return (line ?? stderr).trim().slice(0, 200);
}

/** A sampler that is attached to living processes. */
export interface Recording {
  /** Ends it; the file is whole then. */
  stop(): Promise<void>;
}

/** Whom to sample, and where to. */
export interface RecordingRequest {
  readonly pids: readonly number[];
  readonly file: string;
  /** Where the sampler itself runs: not where it would disturb what it samples. */
  readonly cpus: readonly number[];
}

/**
 * Attaches the sampler to processes with all their threads; it samples from when this resolves.
 * @throws FailedError where it ends at once.
 */
export async function startRecording({ pids, file, cpus }: RecordingRequest): Promise<Recording> {
  const words = [
    ...(await launchPrefix(cpus)),
    ...[
      'perf',
      'record',
      ...event,
      ...withoutCopies,
      '--delay=-1',
      '--control=fd:3,4',
      '-o',
      file,
      '-p',
      pids.join(','),
    ],
  ];
  const [command = 'perf', ...args] = words;
  const child = execa(command, args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    buffer: false,
    reject: false,
  });
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  const complaint = text(child.stderr);
  const ended = child.then(async ({ exitCode, signal }) => {
    process.removeListener('exit', killNow);
    return { exitCode, signal, complaint: await complaint };
  });
  const control = child.stdio[3] as unknown as Writable;
  const answers = child.stdio[4] as unknown as Readable;
  for (const stream of [control, answers]) stream.on('error', () => undefined);
  const failed = ended.then((end): never => {
    throw new FailedError(
      `perf ended before it was told to: ${firstWords(end.complaint)}`,
      'see whether "perf record -e cpu-clock -- true" works here',
    );
  });
  failed.catch(() => undefined);
  control.write('enable\n');
  await Promise.race([new Promise((resolve) => answers.once('data', resolve)), failed]);
  return {
    async stop() {
      child.kill('SIGINT');
      const { signal, exitCode, complaint: said } = await ended;
      // It ends by the signal that it was sent, once its file is whole.
      if (signal === 'SIGINT' || exitCode === 0 || exitCode === 130) return;
      throw new FailedError(
        `perf could not write its samples: ${firstWords(said)}`,
        'look for room on the disk',
      );
    },
  };
}

/**
 * The samples of a file, one after another.
 * @throws FailedError where perf cannot read it, or prints what is not understood.
 */
export async function* samplesOf(file: string): AsyncGenerator<StackSample> {
  const child = execa('perf', ['script', '-i', file, '--no-inline', '-F', scriptFields], {
    reject: false,
    buffer: { stdout: false },
  });
  yield* readSamples(child.iterable());
  const { exitCode, stderr } = await child;
  if (exitCode !== 0)
    throw new FailedError(`perf cannot read its own samples: ${firstWords(stderr)}`, 'run it again');
}
