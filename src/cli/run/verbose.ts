import { join, relative, resolve } from 'node:path';
import type { RunHeader } from '../../results/analyse/index.js';
import type { Recorder } from '../../results/store/index.js';
import { logFile, loggedSink, type RunLog } from '../../run-log/index.js';
import type { ProgressLine } from './progress-line.js';

/** The same progress, which also goes into a log; the log is written where progress is shown: at the borders of rounds. */
export function loggedProgress(progress: ProgressLine, log: RunLog): ProgressLine {
  return {
    say(message) {
      log.note('said', { message });
      progress.say(message);
    },
    update(state) {
      const { failed, widths: _widths, ...where } = state;
      log.note('progress', where);
      for (const arm of failed) log.note('arm-failed', { ...arm });
      log.flush();
      progress.update(state);
    },
    end: progress.end,
  };
}

/** Begins the log of a run in its folder. @returns the recorder, which notes what it takes from now on. */
export function beginLog(log: RunLog, dir: string, header: RunHeader, recorder: Recorder): Recorder {
  const { command, filterbench, seed, plan, fingerprint, envoys, artefacts } = header;
  const { pid, argv } = process;
  log.note('begin', { dir, pid, argv, command, filterbench, seed, plan, fingerprint, envoys, artefacts });
  log.writeTo(join(dir, logFile));
  return {
    ...recorder,
    ...loggedSink(recorder, log),
    write(status, conduct) {
      const run = recorder.write(status, conduct);
      for (const warning of run.warnings) log.note('warning', { ...warning });
      log.note('end', { status, conduct });
      return run;
    },
  };
}

/** For a command that has no run folder: a folder of its own, or the one that was named. */
export function logBeside(log: RunLog | null, out: string | undefined, id: string): void {
  log?.note('begin', { pid: process.pid, argv: process.argv });
  log?.writeTo(join(resolve(out ?? join('results', 'local', id)), logFile));
}

/** Writes what is left, and says where it is. */
export function closeLog(log: RunLog, { say }: ProgressLine): void {
  const path = log.close();
  if (path !== null) say(`log: ${relative('.', path)}`);
}
