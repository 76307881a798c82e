import { execa } from 'execa';
import { FailedError } from '../../errors.js';
import { packagePaths } from '../../paths.js';
import { launchPrefix } from '../../runtime/launch-prefix.js';
import type { ClosedLoopSlice, SliceOutcome } from '../slice.js';
import type { GeneratorReply, GeneratorRequest } from './protocol.js';

/** A generator in a process of its own, on cores of its own. */
export interface Generator extends AsyncDisposable {
  readonly pid: number;
  /**
   * Drives one slice; one at a time.
   * @throws FailedError where the generator's process ended or could not read what it measures.
   */
  run(slice: ClosedLoopSlice): Promise<SliceOutcome>;
}

/** Starts the generator's process, pinned to `cpus` (empty: any). */
export async function startGenerator(cpus: readonly number[]): Promise<Generator> {
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
  const ended = child.then(({ stderr }) => {
    throw new FailedError(
      `the load generator ended: ${stderr.trim()}`,
      'run again; if it ends again, report it with this message',
    );
  });
  ended.catch(() => undefined);
  const { pid } = child;
  if (pid === undefined) await ended;
  // A closed channel is an end like any other: the process's own end says why.
  await child.getOneMessage().catch(() => ended);

  async function ask(request: GeneratorRequest): Promise<GeneratorReply> {
    const reply = child.getOneMessage({ filter: (message) => isReplyTo(message, request.id) });
    reply.catch(() => undefined);
    await child.sendMessage(JSON.parse(JSON.stringify(request)));
    return (await reply) as unknown as GeneratorReply;
  }

  let lastId = 0;
  return {
    pid: pid ?? -1,
    async run(slice) {
      lastId += 1;
      const answer = await ask({ id: lastId, slice }).catch(() => ended);
      if ('outcome' in answer) return answer.outcome;
      throw new FailedError(
        `a slice could not be measured: ${answer.error}`,
        'see whether Envoy is still alive',
      );
    },
    async [Symbol.asyncDispose]() {
      process.removeListener('exit', killNow);
      child.kill('SIGTERM');
      await child;
    },
  };
}

function isReplyTo(message: unknown, id: number): boolean {
  return typeof message === 'object' && message !== null && 'id' in message && message.id === id;
}
