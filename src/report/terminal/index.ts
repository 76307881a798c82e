import type { Run } from '../../results/schema/index.js';
import { calibrationLines } from './calibration.js';
import { verdictCountLines } from './claims.js';
import { identicalLines } from './identical.js';
import { mechanismLines } from './mechanisms.js';
import { type Paints, paints } from './paints.js';
import { unmeasuredLines, warningLines } from './remarks.js';

/** How wide the terminal is, and whether it takes colours: the caller knows, and minds NO_COLOR. */
export interface TerminalOptions {
  readonly width: number;
  readonly colour: boolean;
}

const narrowest = 60;

/** The main numbers of a run as text of at most `width` columns. */
export function terminalTable(run: Run, { width: columns, colour }: TerminalOptions): string {
  // Some terminals and pipes claim no width at all.
  const width = Math.max(narrowest, columns);
  const paint = paints(colour);
  const lines = [
    ...mainLines(run, width, paint),
    ...unmeasuredLines(run, width),
    ...warningLines(run, width, paint),
    ...verdictCountLines(run, width),
  ];
  return `${lines.join('\n')}\n`;
}

/** What was calibrated, how far identical Envoys were apart, or what each mechanism costs: whatever the run is about. */
function mainLines(run: Run, width: number, paint: Paints): string[] {
  if (run.calibration !== null) return calibrationLines(run);
  const isSelfTest = run.arms.every((arm) => arm.class === 'baseline');
  return isSelfTest ? identicalLines(run) : mechanismLines(run, width, paint);
}
