import {
  analyseLines,
  type Interim,
  interimOf,
  type KeptLines,
  type PlannedArm,
  type RunHeader,
  throughRestart,
} from '../analyse/index.js';
import type { Conduct, Evidence, GeneratorMeasurement, Run, Sample, Warning } from '../schema/index.js';
import { sliceTable } from '../slices/index.js';
import { evidenceKeeper } from './kept-evidence.js';
import type { RunFolder } from './run-folder.js';

/** Takes what the schedule gives: it is on disk at once, folded in memory, and analysed when asked for. */
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
 * @param before what is kept of the folder already; it is added to
 */
export function recordRun(
  folder: RunFolder,
  header: RunHeader,
  planned: readonly PlannedArm[],
  finish: (run: Run) => Run = (run) => run,
  before: KeptLines = { slices: sliceTable(), evidence: [] },
): Recorder {
  const { slices } = before;
  const evidence = evidenceKeeper(before.evidence);
  const lines: KeptLines = { slices, evidence: evidence.kept };
  const warnings = [...header.warnings];
  let generator = header.generator;
  const analysed = (about: RunHeader) => analyseLines(about, planned, lines);
  return {
    sample(sample) {
      slices.add(sample);
      folder.sample(sample);
    },
    evidence(item) {
      evidence.add(item);
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
      return interimOf(header, planned, throughRestart(lines, restart));
    },
  };
}
