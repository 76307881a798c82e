import { placeText } from '../../results/analyse/index.js';
import type { Progress } from '../../schedule/progress.js';

/** Shows how far a run is, on stderr: one line that is rewritten on a terminal, a plain line a restart elsewhere. */
export interface ProgressLine {
  say(message: string): void;
  update(progress: Progress): void;
  end(): void;
}

export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const live = stream.isTTY === true;
  let shownRestart = '';
  return {
    say: (message) => stream.write(live ? `\r\x1b[K${message}\n` : `${message}\n`),
    update(progress) {
      const text = describe(progress);
      if (live) {
        stream.write(`\r\x1b[K${text}`);
        return;
      }
      const restart = `${placeText(progress.scenario, progress.setting)} ${progress.restart}`;
      if (restart === shownRestart) return;
      shownRestart = restart;
      stream.write(`${text}\n`);
    },
    end() {
      if (live) stream.write('\r\x1b[K');
    },
  };
}

function describe({ scenario, setting, restart, restarts, done, secondsLeft }: Progress): string {
  const percent = Math.floor(done * 100);
  const of = restarts === null ? '' : ` of ${restarts}`;
  const place = placeText(scenario, setting);
  return `${String(percent).padStart(3)} %  ${place}, restart ${restart + 1}${of}, ${clock(secondsLeft)} left`;
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
