import { paints } from '../../report/terminal/paints.js';
import { placeText } from '../../results/analyse/index.js';
import type { Progress } from '../../schedule/progress.js';
import { failedText, liveLines, plainLine } from './progress-text.js';

/** Shows how far a run is, on stderr: lines that are rewritten on a terminal, a plain line a restart elsewhere. */
export interface ProgressLine {
  say(message: string): void;
  update(progress: Progress): void;
  end(): void;
}

/** Where progress is shown: what is used of a stream. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'write'> &
  Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>>;

// Where a terminal does not say how wide it is.
const plainColumns = 80;
// The cursor waits where the lines begin, so that this takes them away however the terminal was resized, and wrapped them, meanwhile.
const erase = '\r\x1b[J';

export function progressLine(
  stream: ProgressStream = process.stderr,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ProgressLine {
  return stream.isTTY === true && env.TERM !== 'dumb' ? liveLine(stream, env) : plainLines(stream);
}

function liveLine(
  stream: ProgressStream,
  { NO_COLOR }: Readonly<Record<string, string | undefined>>,
): ProgressLine {
  const paint = paints(!NO_COLOR);
  let shown: Progress | null = null;
  // Also where a second Ctrl-C ends us at once: the shell goes on in a line of its own.
  const clear = () => {
    if (shown !== null) stream.write(erase);
    shown = null;
  };
  const live = (progress: Progress) => {
    // One column less: a full line moves the cursor on in some terminals.
    const [first = '', ...second] = liveLines(progress, (stream.columns || plainColumns) - 1);
    return `${[first, ...second.map(paint.dim)].join('\n')}${second.length === 0 ? '' : '\x1b[1A'}\r`;
  };
  const show = (lines: readonly string[], progress: Progress | null) => {
    const before = shown === null ? '' : erase;
    const text = lines.map((line) => `${line}\n`).join('');
    stream.write(`${before}${text}${progress === null ? '' : live(progress)}`);
    shown = progress;
  };
  return {
    say: (message) => show([message], shown),
    update(progress) {
      if (shown === null) process.once('exit', clear);
      show(
        progress.failed.map((arm) => paint.yellow(failedText(arm))),
        progress,
      );
    },
    end() {
      process.removeListener('exit', clear);
      clear();
    },
  };
}

function plainLines(stream: ProgressStream): ProgressLine {
  const shown = { restart: '' };
  return {
    say: (message) => stream.write(`${message}\n`),
    update(progress) {
      for (const arm of progress.failed) stream.write(`${failedText(arm)}\n`);
      const restart = `${placeText(progress.scenario, progress.setting)} ${progress.restart}`;
      if (restart === shown.restart) return;
      shown.restart = restart;
      stream.write(`${plainLine(progress)}\n`);
    },
    end: () => undefined,
  };
}
