import { analyse, type PlannedArm, type RunHeader } from '../analyse/index.js';
import type { Evidence, Run, Sample } from '../schema/index.js';
import type { RunFolder } from './run-folder.js';

/** Takes what the schedule gives: it is on disk at once, and analysed when asked for. */
export interface Recorder {
  sample(sample: Sample): void;
  evidence(evidence: Evidence): void;
  /** Analyses what there is so far and writes run.json. */
  write(status: Run['status']): Run;
}

export function recordRun(folder: RunFolder, header: RunHeader, planned: readonly PlannedArm[]): Recorder {
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  return {
    sample(sample) {
      samples.push(sample);
      folder.sample(sample);
    },
    evidence(item) {
      evidence.push(item);
      folder.evidence(item);
    },
    write(status) {
      const run = analyse(
        { ...header, status, finishedAt: new Date().toISOString() },
        planned,
        samples,
        evidence,
      );
      folder.writeRun(run);
      return run;
    },
  };
}
