import { NotReadyError } from '../runtime/become-ready.js';
import type { Inside, OneShotSpec, RunningWorkload, Runtime } from '../runtime/types.js';
import type { RunLog } from './run-log.js';

/**
 * A runtime that notes what it starts: command, process, ports, files, how long it took to get ready, what it printed, how it ended.
 * @param envoys `talkative` ones say more than usual, but for validations: their last line is evidence. `as asked` is for where all that
 *   they print is.
 */
export function loggedRuntime(
  runtime: Runtime,
  log: RunLog,
  envoys: 'talkative' | 'as asked' = 'talkative',
): Runtime {
  const printed = printing(log);
  const wordy = envoys === 'talkative' ? moreTalkative : (args: readonly string[]) => [...args];
  return {
    kind: runtime.kind,
    async start(asked, signal) {
      const { spec, told } = watched({ ...asked, args: (inside) => wordy(asked.args(inside)) }, log);
      try {
        const workload = await runtime.start({ ...asked, ...spec }, signal);
        const { pid, startMs } = workload;
        log.note('ready', { ...told(), pid, readyMs: Math.round(startMs * 10) / 10 });
        follow(workload, log, printed);
        return workload;
      } catch (error) {
        log.note('not-ready', { ...told(), problem: textOf(error) });
        if (error instanceof NotReadyError) printed(asked.name, error.log);
        throw error;
      }
    },
    async runToEnd(asked, signal) {
      const { spec, told } = watched(asked, log);
      try {
        const done = await runtime.runToEnd(spec, signal);
        log.note('ran', { ...told(), ...done.exit });
        printed(asked.name, done.output);
        return done;
      } catch (error) {
        log.note('ran', { ...told(), problem: textOf(error) });
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => runtime[Symbol.asyncDispose](),
  };
}

/** The same spec, and what became known of it when it was laid out. */
function watched(spec: OneShotSpec, log: RunLog): { spec: OneShotSpec; told(): Record<string, unknown> } {
  const { name, role, cpus } = spec;
  const known: Record<string, unknown> = { name, role, cpus };
  const args = (inside: Inside) => {
    const words = spec.args(inside);
    known.command = [spec.program, ...words];
    known.ports = Object.fromEntries(spec.ports.map((port) => [port, inside.bind(port).port]));
    return words;
  };
  const files = (inside: Inside) => {
    const own = spec.files?.(inside) ?? {};
    for (const [file, text] of Object.entries(own))
      log.note('file', { name, ...described(inside.file(file), text) });
    return own;
  };
  return { spec: { ...spec, args, files }, told: () => known };
}

const mostFileChars = 100_000;

// A body of a MiB says nothing that its length doesn't.
function described(path: string, text: string): Record<string, unknown> {
  return text.length <= mostFileChars ? { path, text } : { path, chars: text.length };
}

function follow(workload: RunningWorkload, log: RunLog, printed: Printing): void {
  const { spec, pid } = workload;
  const until = workload.logTail();
  printed(spec.name, until);
  void workload.exited.then((exit) => {
    printed(spec.name, since(until, workload.logTail()));
    log.note('ended', { name: spec.name, pid, ...exit });
  });
}

const overlapChars = 200;

/** What a process printed after what is known, as far as it was kept: only the end of a log is. */
function since(known: string, now: string): string {
  if (now.startsWith(known)) return now.slice(known.length);
  const end = known.slice(-overlapChars);
  const found = now.indexOf(end);
  return found < 0 ? now : now.slice(found + end.length);
}

type Printing = (name: string, output: string) => void;

// What an Envoy has built in: some forty long lines, which are the same at every start.
const builtIn = /\[main\] \[[^\]]*\] {3}(\S.*)$/;

function printing(log: RunLog): Printing {
  const told = new Set<string>();
  const isNews = (text: string) => {
    const known = builtIn.exec(text)?.[1];
    if (known === undefined) return text.trim() !== '';
    const isNew = !told.has(known);
    told.add(known);
    return isNew;
  };
  return (name, output) => {
    for (const text of output.split('\n')) if (isNews(text)) log.note('printed', { name, text });
  };
}

const levelFlag = '--log-level';

function moreTalkative(args: readonly string[]): string[] {
  return args.map((word, index) => (args[index - 1] === levelFlag && word === 'warning' ? 'info' : word));
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
