import { execa } from 'execa';
import { FailedError, InstrumentError } from '../../errors.js';
import { packagePaths } from '../../paths.js';
import { launchPrefix } from '../../runtime/launch-prefix.js';
import { howItEnded, lastLines } from '../../runtime/log-tail.js';
import type { Share } from '../open-loop/arrivals.js';
import type { Slice, SliceOutcome } from '../slice.js';
import type { GeneratorReply, GeneratorRequest } from './protocol.js';

/** One process of the generator. */
export interface GeneratorWorker extends AsyncDisposable {
  readonly pid: number;
  /**
   * Begins a slice. `ready` settles when an open loop's connections are open, at once for a closed loop.
   * Both reject with a FailedError where the process could not read what it measures, with an InstrumentError where it ended.
   */
  begin(
    slice: Slice,
    share: Share,
  ): { readonly ready: Promise<void>; readonly outcome: Promise<SliceOutcome> };
  /** Starts an open loop that is ready, at an instant on CLOCK_MONOTONIC; null gives it up. */
  start(atNs: number | null): Promise<void>;
}

/** Starts one process, pinned to `cpus` (empty: any). */
export async function startWorker(cpus: readonly number[]): Promise<GeneratorWorker> {
  const [command = process.execPath, ...args] = [
    ...(await launchPrefix(cpus)),
    process.execPath,
    packagePaths.generator,
  ];
  const child = execa(command, args, {
    ipc: true,
    serialization: 'json',
    detached: true,
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
    reject: false,
    forceKillAfterDelay: 500,
  });
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  // No arm is to blame, and without it none can be measured.
  const ended = child.then(({ stderr, exitCode, signal }) => {
    const exit = { code: exitCode ?? null, signal: signal ?? null };
    throw new InstrumentError(
      `the load generator ${howItEnded(exit, lastLines(stderr, 6))}`,
      'see whether the kernel ended it for lack of memory (dmesg), then run again, or go on with --resume',
    );
  });
  ended.catch(() => undefined);
  const { pid } = child;
  if (pid === undefined) await ended;
  // A closed channel is an end like any other: the process's own end says why.
  await child.getOneMessage().catch(() => ended);

  async function send(request: GeneratorRequest): Promise<void> {
    await child.sendMessage(JSON.parse(JSON.stringify(request)));
  }

  /** The reply to a request that has this key; a channel that is gone throws at once, or later. */
  async function replyWith<K extends string>(
    id: number,
    key: K,
  ): Promise<Extract<GeneratorReply, Record<K, unknown>>> {
    const isWanted = (it: unknown) => isReplyTo(it, id) && (key in it || 'error' in it);
    const wanted = (async () => child.getOneMessage({ filter: isWanted }))();
    const reply = (await wanted.catch(() => ended)) as unknown as GeneratorReply;
    if ('error' in reply)
      throw new FailedError(
        `a slice could not be measured: ${reply.error}`,
        'see whether Envoy is still alive',
      );
    return reply as Extract<GeneratorReply, Record<K, unknown>>;
  }

  let lastId = 0;
  return {
    pid: pid ?? -1,
    begin(slice, share) {
      lastId += 1;
      const id = lastId;
      const ready =
        slice.loop === 'open' ? replyWith(id, 'isReady').then(() => undefined) : Promise.resolve();
      const outcome = replyWith(id, 'outcome').then((reply) => reply.outcome);
      const sent = send({ id, slice, share });
      // What could not be sent has no reply either; and who waits for one of them need not wait for the other.
      for (const promise of [ready, outcome, sent]) promise.catch(() => undefined);
      return { ready, outcome };
    },
    async start(startAtNs) {
      await send({ id: lastId, startAtNs }).catch(() => ended);
    },
    async [Symbol.asyncDispose]() {
      process.removeListener('exit', killNow);
      child.kill('SIGTERM');
      await child;
    },
  };
}

function isReplyTo(message: unknown, id: number): message is GeneratorReply {
  return typeof message === 'object' && message !== null && 'id' in message && message.id === id;
}
