import { type CompatVerdict, compatOutcomeSchema } from '../results/schema/index.js';
import type { ExitInfo } from '../runtime/types.js';
import { lackingExtension } from '../session/open-arm.js';
import { lastWords, refusalWords, warningsOf, wordsAbout } from './envoy-log.js';

/** One start, as it went. */
export interface Attempt {
  /** When the process ended: before it was ready, at a request, or when it was told to. */
  readonly moment: 'start' | 'request' | 'stop';
  /** How it ended; null where it was given up alive, before it was ready. */
  readonly exit: ExitInfo | null;
  /** The case that failed, and how. */
  readonly failed: { readonly case: string; readonly problem: string } | null;
  /** The end of what Envoy printed. */
  readonly log: string;
}

/** What an attempt is judged by, besides itself. */
export interface Circumstances {
  /** Names and types of the extensions that the subject needs. */
  readonly extensions: readonly string[];
  /** What this Envoy warns of without any filter; null: warnings say nothing here. */
  readonly ambient: readonly string[] | null;
}

const nothing = { words: null, case: null, moment: null, exit: null } as const;

/** Tells from one start what became of the subject; nothing is known here of versions or ABIs. */
export function judge(attempt: Attempt, { extensions, ambient }: Circumstances): CompatVerdict {
  const { moment, exit, failed, log } = attempt;
  if (moment === 'start') return judgeStart(exit, log, extensions);
  const during = failed?.case ?? null;
  if (moment === 'request')
    return { outcome: 'dies', words: lastWords(log), case: during, moment, exit: exit && { ...exit } };
  if (failed) return { ...nothing, outcome: 'misbehaves', words: failed.problem, case: during };
  if (exit && crashed(exit))
    return { ...nothing, outcome: 'dies', words: lastWords(log), moment, exit: { ...exit } };
  const warnings = ambient === null ? [] : warningsOf(log).filter((text) => !ambient.includes(text));
  const [first, ...more] = warnings;
  if (first === undefined) return { ...nothing, outcome: 'loads' };
  const words = more.length === 0 ? first : `${first} (and ${more.length} more)`;
  return { ...nothing, outcome: 'warns', words };
}

function judgeStart(exit: ExitInfo | null, log: string, extensions: readonly string[]): CompatVerdict {
  if (exit === null) {
    const words = 'it was not ready in time, and was ended';
    return { ...nothing, outcome: 'misbehaves', words, case: 'start' };
  }
  if (exit.signal !== null)
    return { ...nothing, outcome: 'dies', words: lastWords(log), moment: 'start', exit: { ...exit } };
  const lacking = lackingExtension(log, extensions);
  return lacking === null
    ? { ...nothing, outcome: 'refused', words: refusalWords(log), exit: { ...exit } }
    : { ...nothing, outcome: 'absent', words: wordsAbout(lacking, log), exit: { ...exit } };
}

// Told to end it ends with 0; SIGKILL is ours, where it did not end in time.
function crashed({ code, signal }: ExitInfo): boolean {
  return signal === null ? code !== 0 : signal !== 'SIGTERM' && signal !== 'SIGKILL';
}

/** The worst of several scenarios, the first such. */
export function worstOf(verdicts: readonly CompatVerdict[]): CompatVerdict {
  const rank = ({ outcome }: CompatVerdict) => compatOutcomeSchema.options.indexOf(outcome);
  const best: CompatVerdict = { ...nothing, outcome: 'loads' };
  return verdicts.reduce((worst, verdict) => (rank(verdict) > rank(worst) ? verdict : worst), best);
}
