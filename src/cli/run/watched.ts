import { randomBytes } from 'node:crypto';
import { loggedRuntime, openRunLog } from '../../run-log/index.js';
import { nativeRuntime, type OpenNative } from '../../runtime/native.js';
import { type ProgressLine, progressLine } from './progress-line.js';
import { closeLog, logBeside, loggedProgress } from './verbose.js';

/** How a command that starts processes, but measures no run, shows and starts them. */
export interface Watched {
  readonly progress: ProgressLine;
  readonly openRuntime: OpenNative;
}

/** Whether and where a log is kept. */
export interface WatchFlags {
  readonly verbose: boolean;
  readonly out?: string;
}

/** What `--verbose` does where what Envoys print is evidence: it keeps that as it is. */
export const verboseFlag = [
  '--verbose',
  'write all that happens to filterbench.log, in the folder of --out or in one of its own',
] as const;

/**
 * Works with progress shown, and with a log of it and of all that is started where that is asked for: whole, however the work ends.
 * @param name the command's, for a folder of the log's own
 */
export async function watched<T>(
  name: string,
  { verbose, out }: WatchFlags,
  work: (watched: Watched) => Promise<T>,
): Promise<T> {
  const shown = progressLine();
  if (!verbose) return work({ progress: shown, openRuntime: nativeRuntime }).finally(shown.end);
  const log = openRunLog({ warn: shown.say });
  const noted = loggedProgress(shown, log);
  // No slices run here, so each step may be written as it is told.
  const say = (message: string) => {
    noted.say(message);
    log.flush();
  };
  const progress = { ...noted, say };
  logBeside(log, out, `${name}-${randomBytes(3).toString('hex')}`);
  try {
    const openRuntime: OpenNative = (options) => loggedRuntime(nativeRuntime(options), log, 'as asked');
    return await work({ progress, openRuntime });
  } catch (error) {
    log.note('stopped', { by: error instanceof Error ? error.stack : String(error) });
    throw error;
  } finally {
    progress.end();
    log.note('end', {});
    closeLog(log, shown);
  }
}
