import {
  analyse,
  type Interim,
  interimOf,
  type Lines,
  type PlannedArm,
  type RunHeader,
  throughRestart,
} from '../analyse/index.js';
import type { Conduct, Evidence, GeneratorMeasurement, Run, Sample, Warning } from '../schema/index.js';
import type { RunFolder } from './run-folder.js';

/** Takes what the schedule gives: it is on disk at once, and analysed when asked for. */
export interface Recorder {
  sample(sample: Sample): void;
  evidence(evidence: Evidence): void;
  /** How the generator did by itself. */
  generator(measured: GeneratorMeasurement): void;
  /** What became known of the machine while it ran. */
  warn(warnings: readonly Warning[]): void;
  /** Analyses what there is so far and writes run.json; `conduct` is how the schedule went until now. */
  write(status: Run['status'], conduct: Conduct | null): Run;
  /** What the schedule asks of the restarts up to this one. */
  interim(restart: number): Interim;
}

/**
 * @param finish what else is made of a run that was analysed, before it is written
 * @param before what is in the folder already
 */
export function recordRun(
  folder: RunFolder,
  header: RunHeader,
  planned: readonly PlannedArm[],
  finish: (run: Run) => Run = (run) => run,
  before: Lines = { samples: [], evidence: [] },
): Recorder {
  const samples: Sample[] = [...before.samples];
  const evidence: Evidence[] = before.evidence.map(withoutMessages);
  const warnings = [...header.warnings];
  let generator = header.generator;
  const analysed = (about: RunHeader) => analyse(about, planned, samples, evidence);
  return {
    sample(sample) {
      samples.push(sample);
      folder.sample(sample);
    },
    evidence(item) {
      evidence.push(withoutMessages(item));
      folder.evidence(item);
    },
    generator(measured) {
      generator = measured;
    },
    warn: (more) => warnings.push(...more),
    write(status, conduct) {
      const finishedAt = new Date().toISOString();
      const run = finish(analysed({ ...header, warnings, generator, status, conduct, finishedAt }));
      folder.writeRun(run);
      return run;
    },
    interim(restart) {
      const until = throughRestart({ samples, evidence }, restart);
      return interimOf(header, planned, until.samples, until.evidence);
    },
  };
}

// They are on disk for whoever reads them; hours of proofs of large bodies would fill the memory, and no number rests on them.
function withoutMessages(item: Evidence): Evidence {
  return item.kind === 'proof' ? { ...item, request: null, observed: null } : item;
}
